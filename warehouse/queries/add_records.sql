-- All in one statement, for each one takes some 20 ms, and a table has thousands of rows.
-- The id follows from figure and source: taking the same in again adds nothing, and one that
-- was withdrawn stands again. RETURNING gives a row where there is a new one, or one again.
INSERT INTO store.records (
    record_id, subject, metric, value, low, high, unit, qualifier, status, claimant, scope, as_of,
    source, url, title, published, note, quote, sentence, confidence, origin, claim_id, added_at
)
SELECT unnest(from_json(?::JSON, '[{
    "record_id": "VARCHAR", "subject": "VARCHAR", "metric": "VARCHAR", "value": "DOUBLE",
    "low": "DOUBLE", "high": "DOUBLE", "unit": "VARCHAR", "qualifier": "VARCHAR",
    "status": "VARCHAR", "claimant": "VARCHAR", "scope": "VARCHAR", "as_of": "VARCHAR",
    "source": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "published": "VARCHAR",
    "note": "VARCHAR", "quote": "VARCHAR", "sentence": "VARCHAR", "confidence": "DOUBLE",
    "origin": "VARCHAR", "claim_id": "VARCHAR", "added_at": "TIMESTAMPTZ"
}]'), recursive := true)
ON CONFLICT (record_id) DO UPDATE SET
    withdrawn_at = NULL, title = excluded.title, note = excluded.note, quote = excluded.quote,
    sentence = excluded.sentence, confidence = excluded.confidence, origin = excluded.origin,
    claim_id = excluded.claim_id
WHERE store.records.withdrawn_at IS NOT NULL
RETURNING record_id
