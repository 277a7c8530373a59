SELECT * FROM contradictions
WHERE $status = 'all' OR status = $status
ORDER BY severity DESC, found_at, contradiction_id
