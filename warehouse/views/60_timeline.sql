CREATE VIEW timeline AS
SELECT * FROM (
    SELECT
        subject, metric, coalesce(as_of, strftime(published, '%Y-%m-%d')) AS as_of,
        strftime(published, '%Y-%m-%d') AS published, value, low, high, unit, qualifier, status,
        claimant, scope, quote, sentence, outlet AS source, url, 'claim' AS origin, verdict,
        confidence, claim_id AS id
    FROM claims
    UNION ALL
    SELECT
        subject, metric, coalesce(as_of, published) AS as_of, published, value, low, high, unit,
        qualifier, status, claimant, scope, quote, coalesce(sentence, note) AS sentence, source,
        url, origin, NULL AS verdict, confidence, record_id AS id
    FROM records
    WHERE claim_id IS NULL
)
ORDER BY subject, metric, published, as_of, id;
