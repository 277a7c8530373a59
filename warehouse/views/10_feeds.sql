CREATE VIEW feeds AS
SELECT
    feed_id, url, title, folder, active, added_at, polled_at, due_at, http_status, failures,
    entries, warning, error,
    CASE
        WHEN NOT active THEN 'ended'
        WHEN polled_at IS NULL THEN 'new'
        WHEN failures > 0 THEN 'failing'
        WHEN warning IS NOT NULL THEN 'ill-formed'
        ELSE 'ok'
    END AS health
FROM store.feeds
ORDER BY folder NULLS FIRST, title, url;
