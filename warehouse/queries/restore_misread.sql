-- What an editor withdrew, and takes back.
UPDATE store.claims
SET withdrawn_at = NULL
WHERE claim_id IN (SELECT claim_id FROM store.sightings WHERE contradiction_id = $decided)
    AND withdrawn_at IN (SELECT decided_at FROM store.decisions WHERE contradiction_id = $decided)
