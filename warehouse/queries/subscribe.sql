-- A feed that is subscribed already, under this address or one that it moved to, stays as it is;
-- one that had ended is taken up again.
INSERT INTO store.feeds (feed_id, url, title, folder, added_at, active, failures, entries)
SELECT feed_id, url, title, folder, $now, true, 0, 0
FROM (
    SELECT
        unnest($ids::VARCHAR[]) AS feed_id, unnest($urls::VARCHAR[]) AS url,
        unnest($titles::VARCHAR[]) AS title, unnest($folders::VARCHAR[]) AS folder
)
WHERE url NOT IN (SELECT url FROM store.feeds WHERE active)
ON CONFLICT (feed_id) DO UPDATE SET active = true, due_at = NULL
WHERE NOT store.feeds.active
