SELECT article_id
FROM store.articles
WHERE stage = 'done' AND read_by <> ?
ORDER BY published NULLS LAST, article_id
LIMIT ?
