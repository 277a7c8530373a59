-- Of several that came at once, the one with the smallest id stays.
UPDATE store.articles AS a
SET stage = 'set_aside', error = 'the same page as ' || (
    SELECT min(o.entry_url) FROM store.articles AS o
    WHERE o.article_id <> a.article_id AND o.final_url = a.final_url
)
WHERE a.article_id IN (SELECT unnest($ids::VARCHAR[]))
    AND a.stage = 'extract'
    AND EXISTS (
        SELECT 1 FROM store.articles AS o
        WHERE o.article_id <> a.article_id
            AND o.final_url = a.final_url
            AND o.stage NOT IN ('fetch', 'set_aside', 'failed')
            AND (o.article_id < a.article_id OR o.article_id NOT IN (SELECT unnest($ids::VARCHAR[])))
    )
RETURNING a.article_id
