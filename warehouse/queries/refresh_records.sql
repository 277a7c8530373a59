-- A record says whose word it is, and how sure the reading was, as its claim does.
UPDATE store.records AS r
SET claimant = c.claimant, confidence = c.confidence
FROM store.claims AS c
WHERE c.claim_id = r.claim_id AND c.claim_id IN (SELECT unnest(?::VARCHAR[]))
