-- The id follows from figure and source: taking the same in again adds nothing.
INSERT INTO store.records (
    record_id, subject, metric, value, low, high, unit, qualifier, status, claimant, scope, as_of,
    source, url, title, published, note, quote, sentence, confidence, origin, claim_id, added_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
RETURNING record_id
