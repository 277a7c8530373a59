SELECT t.article_id, coalesce(a.published, a.seen_at), t.signature
FROM store.texts AS t
JOIN store.articles AS a USING (article_id)
WHERE a.copy_of IS NULL
    AND t.signature IS NOT NULL
    AND abs(date_diff('hour', coalesce(a.published, a.seen_at), ?::TIMESTAMPTZ)) <= 24 * ?::INTEGER
ORDER BY coalesce(a.published, a.seen_at), t.article_id
