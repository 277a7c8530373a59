-- A figure that was read wrong is no claim, in whichever copy of the sentence it stands.
UPDATE store.claims
SET withdrawn_at = $now
WHERE withdrawn_at IS NULL
    AND claim_id IN (SELECT claim_id FROM store.sightings WHERE contradiction_id = $decided)
    AND sentence = (SELECT sentence FROM store.claims WHERE claim_id = $claim)
RETURNING claim_id
