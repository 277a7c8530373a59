UPDATE store.articles AS a
SET ai_race = b.ai_race, score = b.score, topic = b.topic, model = b.model, stage = b.stage
FROM batch AS b
WHERE a.article_id = b.article_id
