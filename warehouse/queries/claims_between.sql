-- The claims that stand in a stretch of an article, but some.
SELECT
    subject, metric, value, low, high, unit, qualifier, status, claimant, scope, as_of, quote,
    "start", "end"
FROM store.claims
WHERE article_id = ?
    AND "start" >= ?
    AND "end" <= ?
    AND claim_id NOT IN (SELECT unnest(?::VARCHAR[]))
    AND withdrawn_at IS NULL
ORDER BY "start"
