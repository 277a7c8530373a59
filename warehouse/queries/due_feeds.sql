SELECT feed_id, url, title, etag, last_modified, digest, failures, ttl_minutes
FROM store.feeds
WHERE active AND (due_at IS NULL OR due_at <= ?)
ORDER BY due_at NULLS FIRST, url
