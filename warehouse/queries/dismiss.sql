UPDATE store.contradictions
SET status = 'dismissed', dismissed_by = ?
WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))
    AND (
        status = 'open'
        -- What an editor let take a record's place falls with its claim.
        OR status = 'superseded'
        AND claim_id IN (SELECT claim_id FROM store.claims WHERE withdrawn_at IS NOT NULL)
    )
