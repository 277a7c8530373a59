SELECT * FROM contradictions
WHERE status = 'open'
ORDER BY severity DESC, found_at, contradiction_id
