-- Those that were withdrawn too: they may be made again. Only an editor's word that a figure was
-- read wrong outlives that.
SELECT
    c.article_id, c.claim_id, c.withdrawn_at IS NOT NULL, v.verdict,
    coalesce(
        c.withdrawn_at IN (SELECT decided_at FROM store.decisions WHERE reason = 'misread'), false
    ),
    c.subject, c.metric, c.value, c.low, c.high, c.unit, c.qualifier, c.status, c.claimant,
    c.scope, c.as_of, c.quote, c."start", c."end", c.sentence, c.confidence
FROM store.claims AS c
LEFT JOIN store.verdicts AS v USING (claim_id)
WHERE c.article_id IN (SELECT unnest(?::VARCHAR[]))
