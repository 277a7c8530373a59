-- A tenth either way is as far as an approximate figure reaches (contract: agrees); twenty are
-- plenty to say whose figure it could be.
SELECT
    record_id, subject, metric, value, low, high, unit, qualifier, status, claimant, scope, as_of,
    source, url, title, published, note, quote, sentence, confidence, origin, claim_id
FROM records
WHERE superseded_at IS NULL
    AND metric = ?
    AND subject <> ?
    AND len(list_filter(?::DOUBLE[], lambda v: abs(value - v) <= 0.1 * abs(v))) > 0
ORDER BY origin = 'claim', published, record_id
LIMIT 20
