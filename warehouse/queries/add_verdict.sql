INSERT INTO store.verdicts
    (claim_id, verdict, record_id, ratio, hints, explanation, compared_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
