UPDATE store.articles
SET ai_race = ?, score = ?, topic = ?, model = ?, stage = ?
WHERE article_id = ?
