SELECT mail_id, message_id, recipients, subject, message, attempts
FROM store.mails
WHERE sent_at IS NULL AND (due_at IS NULL OR due_at <= ?)
ORDER BY created_at, mail_id
