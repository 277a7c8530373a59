-- What a rereading dismissed and the comparison finds again was never wrong; a person's
-- dismissal stays.
UPDATE store.contradictions
SET
    status = 'open', dismissed_by = NULL, claim_id = $claim_id, record_id = $record_id,
    severity = $severity, ratio = $ratio, hints = $hints, explanation = $explanation
WHERE contradiction_id = $contradiction_id AND status = 'dismissed' AND dismissed_by IS NOT NULL
