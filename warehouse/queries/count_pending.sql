SELECT count(*) FROM store.articles WHERE stage = ? AND (due_at IS NULL OR due_at <= ?)
