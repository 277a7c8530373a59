SELECT article_id, url, entry_url, title, author, published, page_digest, content_type, attempts
FROM store.articles
WHERE stage = ? AND (due_at IS NULL OR due_at <= ?)
ORDER BY published NULLS LAST, article_id
LIMIT ?
