SELECT * FROM records
WHERE (?::VARCHAR IS NULL OR subject = ?) AND (?::VARCHAR IS NULL OR metric = ?)
ORDER BY subject, metric, published, record_id
