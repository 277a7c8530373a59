-- Under the address that was given, or the one that it has moved to.
UPDATE store.feeds SET active = false, due_at = NULL, error = 'unsubscribed'
WHERE active AND (feed_id = $id OR url = $url)
RETURNING url
