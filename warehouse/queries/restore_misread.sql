-- What an editor withdrew, and takes back.
UPDATE store.claims
SET withdrawn_at = NULL
WHERE withdrawn_at IN (
    SELECT decided_at FROM store.decisions WHERE contradiction_id = $decided AND reason = 'misread'
)
RETURNING claim_id
