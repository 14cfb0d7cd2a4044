-- name: mark_find
-- What was said of that entry.
SELECT is_embedded, is_standard, number FROM mark WHERE name = :name

-- name: mark_of_number
-- Whose number it is.
SELECT name FROM mark WHERE number = :number

-- name: mark_put
-- What is said of it now.
INSERT INTO mark (name, is_embedded, is_standard, number) VALUES (:name, :embedded, :standard, :number)
ON CONFLICT (name) DO UPDATE SET is_embedded = excluded.is_embedded, is_standard = excluded.is_standard, number = excluded.number

-- name: mark_last_number
-- The highest of that series; ':' comes right behind the digits.
SELECT max(CAST(substr(number, :digits) AS INTEGER)) FROM mark WHERE number >= :head AND number < :behind
