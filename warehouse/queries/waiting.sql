-- In order of publication, so that what was said first is on record when it is contradicted.
SELECT claim_id, article_id
FROM store.waiting
ORDER BY said_at, article_id, "start"
LIMIT ?
