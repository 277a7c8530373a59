-- The life of a contradiction: an editor confirms the record, lets the claim take its place, or
-- dismisses the pair with a reason; and what an article said before it was changed in silence.

ALTER TABLE store.records ADD COLUMN superseded_at TIMESTAMPTZ;

ALTER TABLE store.records ADD COLUMN superseded_by VARCHAR;

-- What was decided, in order; the last row of a contradiction is where it stands.
CREATE TABLE store.decisions (
    contradiction_id VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    note VARCHAR,
    subject VARCHAR,
    metric VARCHAR
);

-- Every text that an article had before its present one.
CREATE TABLE store.versions (
    article_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    page_digest VARCHAR,
    replaced_at TIMESTAMPTZ NOT NULL
);

-- A figure that an article changed without a word: what it said, and what it says.
CREATE TABLE store.corrections (
    correction_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    before_claim_id VARCHAR NOT NULL,
    found_at TIMESTAMPTZ NOT NULL
);

-- The records that ship, as they were last taken in.
CREATE TABLE meta.curated (
    record_id VARCHAR PRIMARY KEY,
    digest VARCHAR NOT NULL
);

-- Claims that the comparison has not heard, in the order in which it hears them: to look for those
-- without a verdict takes a look at all.
CREATE TABLE store.waiting (
    claim_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    said_at TIMESTAMPTZ NOT NULL,
    "start" INTEGER NOT NULL
);

INSERT INTO store.waiting
SELECT c.claim_id, c.article_id, coalesce(a.published, a.seen_at), c."start"
FROM store.claims AS c
JOIN store.articles AS a USING (article_id)
ANTI JOIN store.verdicts AS v USING (claim_id)
WHERE c.withdrawn_at IS NULL;
