-- The id follows from figure and source: taking the same in again adds nothing, and one that
-- was withdrawn stands again. RETURNING gives a row where there is a new one, or one again.
INSERT INTO store.records BY NAME
SELECT * FROM batch
ON CONFLICT (record_id) DO UPDATE SET
    withdrawn_at = NULL, superseded_at = NULL, title = excluded.title, note = excluded.note, quote = excluded.quote,
    sentence = excluded.sentence, confidence = excluded.confidence, origin = excluded.origin,
    claim_id = excluded.claim_id
WHERE store.records.withdrawn_at IS NOT NULL
    OR (store.records.superseded_at IS NOT NULL AND store.records.superseded_by IS NULL)
RETURNING record_id
