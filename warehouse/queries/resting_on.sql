-- The claims given, and all whose verdict or contradiction rests on them, however far.
WITH RECURSIVE
ground AS (
    -- A verdict rests on the claim that its record was made from.
    SELECT r.claim_id AS below, v.claim_id AS above
    FROM store.records AS r
    JOIN store.verdicts AS v USING (record_id)
    WHERE r.claim_id IS NOT NULL
    UNION ALL
    -- A contradiction rests on the claim that was found first, with all that say its figure.
    SELECT x.claim_id AS below, s.claim_id AS above
    FROM store.contradictions AS x
    JOIN store.sightings AS s USING (contradiction_id)
    WHERE x.status IN ('open', 'superseded')
),
resting AS (
    SELECT unnest($ids::VARCHAR[]) AS claim_id
    UNION
    SELECT g.above FROM resting AS t JOIN ground AS g ON g.below = t.claim_id
)
SELECT claim_id FROM resting
