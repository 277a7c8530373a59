CREATE VIEW unsure AS
SELECT * FROM claims
WHERE verdict = 'unsure'
ORDER BY confidence DESC, claim_id;
