CREATE VIEW records AS
SELECT
    record_id, subject, metric, value, low, high, unit, qualifier, status, claimant,
    CAST(scope AS JSON) AS scope, as_of, source, url, title, published, note, quote, sentence, confidence, origin,
    claim_id, added_at, superseded_at, superseded_by
FROM store.records
WHERE withdrawn_at IS NULL;
