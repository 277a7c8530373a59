-- Stored articles can be read anew by another model: who read an article last, what was
-- withdrawn by that, and which contradictions fell with it.

ALTER TABLE store.articles ADD COLUMN read_by VARCHAR;

ALTER TABLE store.claims ADD COLUMN withdrawn_at TIMESTAMPTZ;

ALTER TABLE store.records ADD COLUMN withdrawn_at TIMESTAMPTZ;

ALTER TABLE store.contradictions ADD COLUMN dismissed_by VARCHAR;

UPDATE store.articles AS a
SET read_by = coalesce((SELECT min(c.model) FROM store.claims AS c WHERE c.article_id = a.article_id), a.model)
WHERE a.stage = 'done' AND a.ai_race;
