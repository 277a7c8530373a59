-- What editors dismissed as read wrong, with what they say it truly is; where the article was
-- changed since, in the last text that holds it.
SELECT
    x.contradiction_id, c.claim_id, c.article_id, a.title,
    coalesce(
        (
            SELECT max_by(v.text, v.at)
            FROM (
                SELECT text, 'infinity'::TIMESTAMPTZ AS at, article_id FROM store.texts
                UNION ALL
                SELECT text, replaced_at, article_id FROM store.versions
            ) AS v
            WHERE v.article_id = c.article_id
                AND substring(v.text, c."start" + 1, c."end" - c."start") = c.quote
                AND contains(v.text, c.sentence)
        ),
        t.text
    ) AS text,
    strftime(coalesce(a.published, a.seen_at), '%Y-%m-%d') AS published,
    c.subject, c.metric, c.value, c.low, c.high, c.unit, c.qualifier, c.status, c.claimant,
    c.scope, c.as_of, c.quote, c."start", c."end", c.sentence,
    d.subject AS right_subject, d.metric AS right_metric
FROM (
    SELECT DISTINCT ON (contradiction_id) *
    FROM store.decisions
    ORDER BY contradiction_id, decided_at DESC
) AS d
JOIN store.contradictions AS x USING (contradiction_id)
JOIN store.claims AS c USING (claim_id)
JOIN store.articles AS a USING (article_id)
JOIN store.texts AS t USING (article_id)
WHERE d.reason = 'misread'
ORDER BY d.decided_at, x.contradiction_id
