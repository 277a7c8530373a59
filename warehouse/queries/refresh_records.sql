-- A record says whose word it is, where it stands and how sure the reading was, as its claim does.
UPDATE store.records AS r
SET
    claimant = c.claimant, confidence = c.confidence, quote = c.quote, sentence = c.sentence,
    title = a.title
FROM store.claims AS c
JOIN store.articles AS a USING (article_id)
WHERE c.claim_id = r.claim_id AND c.claim_id IN (SELECT unnest(?::VARCHAR[]))
