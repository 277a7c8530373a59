CREATE VIEW corrections AS
SELECT
    x.correction_id, x.found_at, c.subject, c.metric,
    b.value AS before_value, b.quote AS before_quote, b.sentence AS before_sentence,
    c.value AS after_value, c.quote AS after_quote, c.sentence AS after_sentence,
    b.unit AS before_unit, c.unit AS after_unit, a.outlet, a.url, a.title, a.published,
    x.before_claim_id, x.claim_id, x.article_id
FROM store.corrections AS x
JOIN store.claims AS c ON c.claim_id = x.claim_id
JOIN store.claims AS b ON b.claim_id = x.before_claim_id
JOIN store.articles AS a ON a.article_id = x.article_id
ORDER BY x.found_at DESC, x.correction_id;
