-- A failure keeps what the last good answer left, so that the next request can be conditional.
UPDATE store.feeds SET
    polled_at = $now,
    due_at = $due_at,
    http_status = $http_status,
    error = $error,
    failures = CASE WHEN $failed THEN failures + 1 ELSE 0 END,
    warning = CASE WHEN $failed OR $unchanged THEN warning ELSE $warning END,
    ttl_minutes = CASE WHEN $failed OR $unchanged THEN ttl_minutes ELSE $ttl END,
    title = coalesce(title, $title),
    etag = CASE WHEN $failed THEN etag ELSE $etag END,
    last_modified = CASE WHEN $failed THEN last_modified ELSE $last_modified END,
    digest = CASE WHEN $failed THEN digest ELSE $digest END,
    url = coalesce($moved_to, url),
    active = NOT $ended,
    entries = entries + $new
WHERE feed_id = $feed_id
