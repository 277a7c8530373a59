CREATE VIEW articles AS
SELECT
    a.article_id, a.url, a.title, a.author, a.outlet, a.language, a.published, a.kind,
    a.ai_race, a.score, a.topic, a.copy_of, a.stage, a.error, a.attempts, a.seen_at,
    a.fetched_at, a.page_digest, a.checked_at, a.check_error, a.model, a.read_by, f.url AS feed_url, t.text
FROM store.articles AS a
LEFT JOIN store.feeds AS f USING (feed_id)
LEFT JOIN store.texts AS t USING (article_id);
