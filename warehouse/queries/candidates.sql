SELECT
    record_id, subject, metric, value, low, high, unit, qualifier, status, claimant, scope, as_of,
    source, url, title, published, note, quote, sentence, confidence, origin, claim_id
FROM records
WHERE superseded_at IS NULL
    AND (subject, metric) IN (SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[])))
ORDER BY published, record_id
