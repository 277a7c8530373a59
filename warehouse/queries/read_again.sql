UPDATE store.claims
SET model = ?, confidence = ?, claimant = ?, as_of = ?, withdrawn_at = NULL
WHERE claim_id = ?
