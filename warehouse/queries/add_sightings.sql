INSERT INTO store.sightings
SELECT DISTINCT contradiction_id, claim_id FROM batch
ON CONFLICT DO NOTHING
