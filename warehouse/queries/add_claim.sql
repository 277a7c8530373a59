-- The id follows from article, place, model and reading: reading the same again adds nothing.
INSERT INTO store.claims (
    claim_id, article_id, subject, metric, value, low, high, unit, qualifier, status, claimant,
    scope, as_of, quote, "start", "end", sentence, confidence, model
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
