-- name: reference_told
-- What it said so far.
SELECT told FROM reference WHERE form = :form AND name = :name;

-- name: reference_put
-- What it says now.
INSERT INTO reference (form, name, told, sent) VALUES (:form, :name, :told, :sent)
ON CONFLICT (form, name) DO UPDATE SET told = excluded.told, sent = excluded.sent;

-- name: life_name_drop
-- A page names them all again.
DELETE FROM life_name WHERE name = :name;

-- name: life_name_put
-- One of its names.
INSERT OR IGNORE INTO life_name (key, name) VALUES (:key, :name);

-- name: life_of_key
-- The page of a product; the first where several name it.
SELECT r.told FROM life_name l JOIN reference r ON r.form = 'eol' AND r.name = l.name WHERE l.key = :key ORDER BY l.name LIMIT 1;
