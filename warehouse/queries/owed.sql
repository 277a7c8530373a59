SELECT x.*
FROM contradictions AS x
ANTI JOIN store.alerts AS l USING (contradiction_id)
WHERE x.status = 'open' AND x.severity >= ?
ORDER BY x.severity DESC, x.found_at, x.contradiction_id
