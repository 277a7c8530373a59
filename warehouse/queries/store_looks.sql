UPDATE store.articles AS a
SET
    checked_at = b.checked_at, check_error = b.check_error, etag = b.etag,
    last_modified = b.last_modified
FROM batch AS b
WHERE a.article_id = b.article_id
