UPDATE store.contradictions
SET status = 'dismissed', dismissed_by = ?
WHERE status = 'open' AND claim_id IN (SELECT unnest(?::VARCHAR[]))
