-- A figure that an editor said was read wrong stays withdrawn, whoever reads it so again.
UPDATE store.claims AS c
SET
    model = b.model, confidence = b.confidence, claimant = b.claimant, as_of = b.as_of,
    quote = b.quote, "start" = b."start", "end" = b."end", sentence = b.sentence,
    withdrawn_at = CASE
        WHEN c.withdrawn_at IN (SELECT decided_at FROM store.decisions WHERE reason = 'misread')
            THEN c.withdrawn_at
    END
FROM batch AS b
WHERE c.claim_id = b.claim_id
