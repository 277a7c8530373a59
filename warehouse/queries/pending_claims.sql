-- In order of publication, so that what was said first is on record when it is contradicted.
SELECT
    c.claim_id, a.title, c.article_id, c.subject, c.metric, c.value, c.low, c.high, c.unit,
    c.qualifier, c.status, c.claimant, c.scope, c.as_of, c.quote, c.sentence, c.confidence,
    a.outlet, a.url,
    strftime(coalesce(a.published, a.seen_at), '%Y-%m-%d')
FROM store.claims AS c
JOIN store.articles AS a USING (article_id)
ANTI JOIN store.verdicts AS v USING (claim_id)
WHERE c.withdrawn_at IS NULL
ORDER BY coalesce(a.published, a.seen_at), a.article_id, c."start"
LIMIT ?
