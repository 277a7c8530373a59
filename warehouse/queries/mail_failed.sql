UPDATE store.mails SET attempts = attempts + 1, error = ?, due_at = ? WHERE mail_id = ?
