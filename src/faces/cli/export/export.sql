-- name: export_names
-- The next entries' names, in the order they came.
SELECT id, name FROM entry WHERE id > :after ORDER BY id LIMIT :count;
