-- Records made from claims that fall or are heard anew; what an editor decided stands while its claim
-- does.
UPDATE store.records
SET withdrawn_at = $now
WHERE withdrawn_at IS NULL
    AND claim_id IN (SELECT unnest($claims::VARCHAR[]))
    AND (
        origin <> 'decision'
        OR claim_id IN (SELECT claim_id FROM store.claims WHERE withdrawn_at IS NOT NULL)
    )
RETURNING record_id
