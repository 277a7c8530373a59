-- What articles say until now, before another text takes its place.
INSERT INTO store.versions (article_id, text, page_digest, replaced_at)
SELECT t.article_id, t.text, a.page_digest, ?
FROM store.texts AS t
JOIN store.articles AS a USING (article_id)
WHERE t.article_id IN (SELECT unnest(?::VARCHAR[]))
