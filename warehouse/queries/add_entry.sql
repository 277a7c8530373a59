-- Known articles stay as they are; RETURNING gives a row only for a new one.
INSERT INTO store.articles
    (article_id, feed_id, entry_id, url, entry_url, title, author, published, seen_at, stage, attempts)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'fetch', 0)
ON CONFLICT (article_id) DO NOTHING
RETURNING article_id
