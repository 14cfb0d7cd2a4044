-- name: saved_views_of
-- Of one person and one list.
SELECT id, sealed FROM saved_view WHERE account_id = :account_id AND list = :list ORDER BY id

-- name: saved_view_insert
-- A new name.
INSERT INTO saved_view (account_id, list, sealed, kept_at) VALUES (:account_id, :list, :sealed, :now)

-- name: saved_view_change
-- The same name with other filters.
UPDATE saved_view SET sealed = :sealed, kept_at = :now WHERE id = :id AND account_id = :account_id

-- name: saved_view_drop
-- One's own alone.
DELETE FROM saved_view WHERE id = :id AND account_id = :account_id
