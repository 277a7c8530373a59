-- A page that goes back and forth between two texts is told of once each way.
INSERT INTO store.corrections BY NAME
SELECT * FROM batch
ON CONFLICT DO NOTHING
RETURNING correction_id
