-- One row however many articles repeat it: the first finding stays.
INSERT INTO store.contradictions
    (contradiction_id, kind, claim_id, record_id, severity, ratio, hints, explanation, status, found_at)
VALUES ($contradiction_id, $kind, $claim_id, $record_id, $severity, $ratio, $hints, $explanation, 'open', $found_at)
ON CONFLICT DO NOTHING
RETURNING contradiction_id
