-- Of the claims given, those that stand and that the comparison has not heard.
INSERT INTO store.waiting
SELECT c.claim_id, c.article_id, coalesce(a.published, a.seen_at), c."start"
FROM store.claims AS c
JOIN store.articles AS a USING (article_id)
WHERE c.withdrawn_at IS NULL
    AND c.claim_id IN ({claims})
    AND c.claim_id NOT IN (SELECT claim_id FROM store.verdicts WHERE claim_id IN ({claims}))
