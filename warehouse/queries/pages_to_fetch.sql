-- Hosts take turns, so that a batch does not queue behind one of them.
SELECT article_id, url, entry_url, title, author, published, page_digest, content_type, attempts
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY regexp_extract(entry_url, '^[a-z]+://([^/?#]+)', 1)
            ORDER BY published NULLS LAST, article_id
        ) AS turn
    FROM store.articles
    WHERE stage = 'fetch' AND (due_at IS NULL OR due_at <= ?)
)
WHERE turn <= ?
ORDER BY turn, published NULLS LAST, article_id
