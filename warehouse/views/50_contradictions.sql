CREATE VIEW contradictions AS
WITH
decided AS (
    SELECT DISTINCT ON (contradiction_id) *
    FROM store.decisions
    ORDER BY contradiction_id, decided_at DESC
),
sources AS (
    -- A copy of a wire story counts as its original; an outlet counts once.
    SELECT
        s.contradiction_id,
        count(DISTINCT coalesce(o.outlet, a.outlet, a.article_id)) AS independent_sources
    FROM store.sightings AS s
    JOIN store.claims AS c USING (claim_id)
    JOIN store.articles AS a USING (article_id)
    LEFT JOIN store.articles AS o ON o.article_id = a.copy_of
    GROUP BY s.contradiction_id
)
SELECT
    x.contradiction_id, x.kind,
    -- Every further outlet that says so takes a tenth of the way to what is gravest.
    1 - (1 - x.severity) * power(0.9, greatest(coalesce(s.independent_sources, 0) - 1, 0))
        AS severity,
    c.subject, c.metric, x.ratio,
    CAST(CAST(x.hints AS JSON) AS VARCHAR[]) AS hints, x.explanation, x.status, x.dismissed_by,
    d.reason, d.note, d.decided_at,
    coalesce(s.independent_sources, 0) AS independent_sources,
    x.found_at, m.sent_at AS alerted_at,
    c.claim_id, c.value AS claim_value, c.low AS claim_low, c.high AS claim_high,
    c.unit AS claim_unit, c.qualifier AS claim_qualifier, c.status AS claim_status,
    c.claimant AS claim_claimant, CAST(c.scope AS JSON) AS claim_scope, c.as_of AS claim_as_of,
    c.quote AS claim_quote, c.sentence AS claim_sentence, c.confidence AS claim_confidence,
    a.outlet AS claim_outlet, a.url AS claim_url, a.title AS claim_title,
    a.published AS claim_published,
    r.record_id, r.subject AS record_subject, r.value AS record_value, r.low AS record_low,
    r.high AS record_high, r.unit AS record_unit, r.qualifier AS record_qualifier,
    r.status AS record_status, r.claimant AS record_claimant,
    CAST(r.scope AS JSON) AS record_scope, r.as_of AS record_as_of, r.quote AS record_quote,
    r.sentence AS record_sentence, r.confidence AS record_confidence, r.source AS record_outlet,
    r.url AS record_url, r.title AS record_title, r.published AS record_published,
    r.origin AS record_origin, r.note AS record_note
FROM store.contradictions AS x
JOIN store.claims AS c USING (claim_id)
JOIN store.articles AS a USING (article_id)
LEFT JOIN store.records AS r ON r.record_id = x.record_id
LEFT JOIN sources AS s USING (contradiction_id)
LEFT JOIN decided AS d USING (contradiction_id)
LEFT JOIN store.alerts AS l USING (contradiction_id)
LEFT JOIN store.mails AS m USING (mail_id);
