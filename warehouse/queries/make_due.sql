UPDATE store.feeds SET due_at = NULL WHERE active AND due_at IS NOT NULL
