SELECT *
FROM corrections
WHERE correction_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY outlet, url, correction_id
