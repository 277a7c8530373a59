-- The pages of articles are looked at again: when that was, why it came to nothing, and what the
-- server wants to be shown so that it sends a page only where it is another.

ALTER TABLE store.articles ADD COLUMN checked_at TIMESTAMPTZ;

ALTER TABLE store.articles ADD COLUMN check_error VARCHAR;

ALTER TABLE store.articles ADD COLUMN etag VARCHAR;

ALTER TABLE store.articles ADD COLUMN last_modified VARCHAR;
