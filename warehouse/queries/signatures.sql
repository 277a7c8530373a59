SELECT t.article_id, a.published, t.signature
FROM store.texts AS t
JOIN store.articles AS a USING (article_id)
WHERE a.copy_of IS NULL
    AND t.signature IS NOT NULL
    AND abs(date_diff('hour', a.published, ?::TIMESTAMPTZ)) <= 24 * ?::INTEGER
ORDER BY a.published, t.article_id
