-- Stored articles can be read anew by another model: who read an article last, what was
-- withdrawn by that, and which contradictions fell with it.

ALTER TABLE store.articles ADD COLUMN read_by VARCHAR;

ALTER TABLE store.claims ADD COLUMN withdrawn_at TIMESTAMPTZ;

ALTER TABLE store.records ADD COLUMN withdrawn_at TIMESTAMPTZ;

ALTER TABLE store.contradictions ADD COLUMN dismissed_by VARCHAR;

UPDATE store.articles AS a
SET read_by = coalesce((SELECT min(c.model) FROM store.claims AS c WHERE c.article_id = a.article_id), a.model)
WHERE a.stage = 'done' AND a.ai_race;

-- Dropped and made again in order, since a copy of the database makes them in that order.
DROP VIEW timeline;
DROP VIEW contradictions;
DROP VIEW records;
DROP VIEW claims;
DROP VIEW articles;

CREATE VIEW articles AS
SELECT
    a.article_id, a.url, a.title, a.author, a.outlet, a.language, a.published, a.kind,
    a.ai_race, a.score, a.topic, a.copy_of, a.stage, a.error, a.attempts, a.seen_at,
    a.fetched_at, a.page_digest, a.model, a.read_by, f.url AS feed_url, t.text
FROM store.articles AS a
LEFT JOIN store.feeds AS f USING (feed_id)
LEFT JOIN store.texts AS t USING (article_id);

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

CREATE VIEW records AS
SELECT
    record_id, subject, metric, value, low, high, unit, qualifier, status, claimant,
    CAST(scope AS JSON) AS scope, as_of, source, url, title, published, note, quote, sentence, confidence, origin,
    claim_id, added_at
FROM store.records
WHERE withdrawn_at IS NULL;

CREATE VIEW contradictions AS
WITH sources AS (
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
    x.contradiction_id, x.kind, x.severity, c.subject, c.metric, x.ratio,
    CAST(CAST(x.hints AS JSON) AS VARCHAR[]) AS hints, x.explanation, x.status, x.dismissed_by,
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
LEFT JOIN store.alerts AS l USING (contradiction_id)
LEFT JOIN store.mails AS m USING (mail_id);

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
    WHERE origin <> 'claim'
)
ORDER BY subject, metric, published, as_of, id;
