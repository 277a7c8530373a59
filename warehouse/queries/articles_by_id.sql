SELECT a.article_id, a.title, t.text, a.published
FROM store.articles AS a
JOIN store.texts AS t USING (article_id)
WHERE a.article_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY a.published NULLS LAST, a.article_id
