SELECT article_id
FROM store.articles
WHERE stage = 'done' AND ai_race AND read_by IS DISTINCT FROM ?
ORDER BY published NULLS LAST, article_id
LIMIT ?
