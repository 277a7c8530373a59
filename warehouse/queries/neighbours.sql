-- Records of other subjects whose figure is near the one asked about: whose could it be? A tenth
-- either way is as far as an approximate figure reaches (contract: agrees); twenty are plenty.
-- Figures meet in buckets of a fifth of a logarithm, in which a tenth reaches the next at most.
WITH
asked AS (
    SELECT
        unnest($numbers::INTEGER[]) AS number, unnest($metrics::VARCHAR[]) AS metric,
        unnest($subjects::VARCHAR[]) AS subject, unnest($values::DOUBLE[]) AS value
),
spread AS (
    SELECT *, floor(5 * ln(abs(value))) + unnest([-1, 0, 1]) AS bucket
    FROM asked
    WHERE value <> 0
),
standing AS (
    SELECT *, floor(5 * ln(abs(value))) AS bucket
    FROM records
    WHERE superseded_at IS NULL AND value <> 0
)
SELECT DISTINCT
    s.number, r.record_id, r.subject, r.metric, r.value, r.low, r.high, r.unit, r.qualifier,
    r.status, r.claimant, r.scope, r.as_of, r.source, r.url, r.title, r.published, r.note, r.quote,
    r.sentence, r.confidence, r.origin, r.claim_id
FROM spread AS s
JOIN standing AS r ON r.metric = s.metric AND r.bucket = s.bucket
WHERE r.subject <> s.subject AND abs(r.value - s.value) <= 0.1 * abs(s.value)
QUALIFY dense_rank() OVER (
    PARTITION BY s.number ORDER BY r.origin = 'claim', r.published, r.record_id
) <= 20
ORDER BY s.number, r.origin = 'claim', r.published, r.record_id
