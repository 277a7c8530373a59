INSERT INTO store.mails
    (mail_id, message_id, recipients, subject, message, created_at, attempts)
VALUES (?, ?, ?, ?, ?, ?, 0)
