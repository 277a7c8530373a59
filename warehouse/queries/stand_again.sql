-- A record stands again when the one that took its place falls.
UPDATE store.records
SET superseded_at = NULL, superseded_by = NULL
WHERE superseded_by IN (SELECT unnest(?::VARCHAR[]))
