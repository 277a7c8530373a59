CREATE VIEW claims AS
SELECT
    c.claim_id, c.article_id, c.subject, c.metric, c.value, c.low, c.high, c.unit, c.qualifier,
    c.status, c.claimant, CAST(c.scope AS JSON) AS scope, c.as_of, c.quote, c."start", c."end",
    c.sentence, c.confidence, c.model, v.verdict, v.record_id, v.ratio,
    CAST(CAST(v.hints AS JSON) AS VARCHAR[]) AS hints, v.explanation, v.compared_at, a.outlet, a.url, a.title,
    a.published
FROM store.claims AS c
JOIN store.articles AS a USING (article_id)
LEFT JOIN store.verdicts AS v USING (claim_id)
WHERE c.withdrawn_at IS NULL;
