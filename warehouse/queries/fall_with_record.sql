-- What else was found against a record that another has taken the place of is heard anew: reopened
-- where it is found again against the new one.
UPDATE store.contradictions
SET status = 'dismissed', dismissed_by = 'decision'
WHERE status = 'open' AND record_id = $record AND contradiction_id <> $decided
