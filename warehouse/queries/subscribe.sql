INSERT INTO store.feeds (feed_id, url, title, folder, added_at, active, failures, entries)
VALUES (?, ?, ?, ?, ?, true, 0, 0)
ON CONFLICT (feed_id) DO UPDATE SET active = true, due_at = NULL
WHERE NOT store.feeds.active
