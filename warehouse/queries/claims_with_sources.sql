-- Claims that stand, with the articles that they stand in, as they are compared. Ids are written into
-- the conditions: DuckDB looks them up where they are constants, and reads the whole table where they
-- come from another.
SELECT
    c.claim_id, a.title, c.article_id, c.subject, c.metric, c.value, c.low, c.high, c.unit,
    c.qualifier, c.status, c.claimant, c.scope, c.as_of, c.quote, c.sentence, c.confidence,
    a.outlet, a.url,
    strftime(coalesce(a.published, a.seen_at), '%Y-%m-%d')
FROM store.claims AS c
JOIN store.articles AS a USING (article_id)
WHERE c.withdrawn_at IS NULL AND {conditions}
ORDER BY coalesce(a.published, a.seen_at), a.article_id, c."start", c.claim_id
