-- The id follows from article, place, model and reading: reading the same again adds nothing.
INSERT INTO store.claims BY NAME
SELECT * FROM batch
ON CONFLICT DO NOTHING
RETURNING claim_id
