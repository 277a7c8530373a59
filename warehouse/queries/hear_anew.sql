-- Claims that contradicted a record for which another stands now; those of the contradiction that
-- was decided have had their hearing.
DELETE FROM store.verdicts
WHERE verdict = 'contradicts'
    AND record_id = $record
    AND claim_id NOT IN (
        SELECT claim_id FROM store.sightings WHERE contradiction_id = $decided
    )
RETURNING claim_id
