-- How many texts an article had before its present one; articles that had none are left out.
SELECT article_id, count(*)
FROM store.versions
WHERE article_id IN (SELECT unnest(?::VARCHAR[]))
GROUP BY article_id
