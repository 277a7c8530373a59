UPDATE store.articles
SET stage = 'done', read_by = ?
WHERE article_id IN (SELECT unnest(?::VARCHAR[]))
