UPDATE store.articles AS a
SET
    title = b.title, page_digest = b.page_digest, content_type = b.content_type,
    fetched_at = b.fetched_at
FROM batch AS b
WHERE a.article_id = b.article_id
