-- One row however many articles repeat it: the first finding stays.
INSERT INTO store.contradictions BY NAME
SELECT *, 'open' AS status FROM batch
ON CONFLICT DO NOTHING
RETURNING contradiction_id
