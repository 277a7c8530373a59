UPDATE store.articles SET read_by = ? WHERE article_id IN (SELECT unnest(?::VARCHAR[]))
