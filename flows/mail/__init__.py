"""Alert mails: composed from contradictions, sent through the outbox."""
