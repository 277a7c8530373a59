-- What a rereading dismissed and the comparison finds again was never wrong; a person's
-- dismissal stays.
UPDATE store.contradictions AS x
SET
    status = 'open', dismissed_by = NULL, claim_id = b.claim_id, record_id = b.record_id,
    severity = b.severity, ratio = b.ratio, hints = b.hints, explanation = b.explanation
FROM batch AS b
WHERE x.contradiction_id = b.contradiction_id
    AND x.status = 'dismissed'
    AND x.dismissed_by IS NOT NULL
