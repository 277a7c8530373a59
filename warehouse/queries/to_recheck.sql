-- Hosts take turns, so that a batch does not queue behind one of them; of a host, what was never
-- looked at again goes first, then what was not for longest.
SELECT article_id, url, entry_url, title, page_digest, etag, last_modified, read_by
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY regexp_extract(entry_url, '^[a-z]+://([^/?#]+)', 1)
            ORDER BY checked_at NULLS FIRST, coalesce(published, seen_at) DESC, article_id
        ) AS turn
    FROM store.articles
    WHERE stage = 'done'
        AND read_by IS NOT NULL
        AND coalesce(published, seen_at) >= $since
        AND (checked_at IS NULL OR checked_at <= $before)
)
WHERE turn <= $per_host
ORDER BY turn, checked_at NULLS FIRST, coalesce(published, seen_at) DESC, article_id
LIMIT $limit
