SELECT 1 FROM store.records WHERE record_id = ? AND superseded_at IS NOT NULL
