-- The first schema. Base tables live in the schema `store`; what users query are the views
-- in `main`, whose names and columns stay (docs/sql.md).

CREATE SCHEMA store;

CREATE TABLE store.feeds (
    feed_id VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    title VARCHAR,
    folder VARCHAR,
    added_at TIMESTAMPTZ NOT NULL,
    active BOOLEAN NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    digest VARCHAR,
    polled_at TIMESTAMPTZ,
    due_at TIMESTAMPTZ,
    http_status INTEGER,
    error VARCHAR,
    warning VARCHAR,
    failures INTEGER NOT NULL,
    ttl_minutes INTEGER,
    entries BIGINT NOT NULL
);

-- One row an article, whatever became of it. `stage` is the queue: the next thing to do.
CREATE TABLE store.articles (
    article_id VARCHAR PRIMARY KEY,
    feed_id VARCHAR,
    entry_id VARCHAR,
    url VARCHAR NOT NULL,
    entry_url VARCHAR NOT NULL,
    final_url VARCHAR,
    title VARCHAR,
    author VARCHAR,
    outlet VARCHAR,
    language VARCHAR,
    published TIMESTAMPTZ,
    kind VARCHAR,
    copy_of VARCHAR,
    ai_race BOOLEAN,
    score DOUBLE,
    topic VARCHAR,
    model VARCHAR,
    page_digest VARCHAR,
    content_type VARCHAR,
    seen_at TIMESTAMPTZ NOT NULL,
    fetched_at TIMESTAMPTZ,
    stage VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ,
    error VARCHAR
);

CREATE TABLE store.texts (
    article_id VARCHAR PRIMARY KEY,
    text VARCHAR NOT NULL,
    signature BLOB
);

CREATE TABLE store.claims (
    claim_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    subject VARCHAR,
    metric VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    low DOUBLE,
    high DOUBLE,
    unit VARCHAR,
    qualifier VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    claimant VARCHAR,
    scope VARCHAR NOT NULL,
    as_of VARCHAR,
    quote VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentence VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    model VARCHAR NOT NULL
);

-- Written once a claim, by the comparison; a claim without a row here is pending.
CREATE TABLE store.verdicts (
    claim_id VARCHAR PRIMARY KEY,
    verdict VARCHAR NOT NULL,
    record_id VARCHAR,
    ratio DOUBLE,
    hints VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    compared_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE store.records (
    record_id VARCHAR PRIMARY KEY,
    subject VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    low DOUBLE,
    high DOUBLE,
    unit VARCHAR,
    qualifier VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    claimant VARCHAR,
    scope VARCHAR NOT NULL,
    as_of VARCHAR,
    source VARCHAR,
    url VARCHAR,
    title VARCHAR,
    published VARCHAR,
    note VARCHAR,
    quote VARCHAR,
    sentence VARCHAR,
    confidence DOUBLE NOT NULL,
    origin VARCHAR NOT NULL,
    claim_id VARCHAR,
    added_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE store.contradictions (
    contradiction_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    record_id VARCHAR,
    severity DOUBLE NOT NULL,
    ratio DOUBLE,
    hints VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    found_at TIMESTAMPTZ NOT NULL
);

-- Which claims say the figure of a contradiction: however many articles repeat it, it is one row.
CREATE TABLE store.sightings (
    contradiction_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    PRIMARY KEY (contradiction_id, claim_id)
);

-- The outbox: a mail is written here whole, in the transaction that decides on it.
CREATE TABLE store.mails (
    mail_id VARCHAR PRIMARY KEY,
    message_id VARCHAR NOT NULL,
    recipients VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    message BLOB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ,
    error VARCHAR
);

CREATE TABLE store.alerts (
    contradiction_id VARCHAR PRIMARY KEY,
    mail_id VARCHAR NOT NULL
);
