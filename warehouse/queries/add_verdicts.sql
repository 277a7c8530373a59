INSERT INTO store.verdicts BY NAME
SELECT * FROM batch
