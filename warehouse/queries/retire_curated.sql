-- Shipped once, and no longer: somebody has mended it.
UPDATE store.records
SET superseded_at = now()
WHERE superseded_at IS NULL
    AND record_id IN (SELECT record_id FROM meta.curated)
    AND record_id NOT IN (SELECT record_id FROM batch)
RETURNING record_id
