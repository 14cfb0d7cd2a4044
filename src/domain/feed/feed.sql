-- name: feed_insert
-- A new feed.
INSERT INTO feed (name, url, format, sum_url, every_minutes, max_bytes, next_at)
VALUES (:name, :url, :format, :sum_url, :every, :max, :now)

-- name: feed_count
-- How many there are.
SELECT COUNT(*) FROM feed

-- name: feed_named
-- Whether that name is taken.
SELECT COUNT(*) FROM feed WHERE name = :name

-- name: feed_delete
-- Its records stay in the catalogue.
DELETE FROM feed WHERE name = :name

-- name: feed_set_paused
-- A feed that goes on is due at once.
UPDATE feed SET is_paused = :paused, next_at = :now WHERE name = :name

-- name: feed_set_due
-- Now, and the piece that is kept of a try goes on to count.
UPDATE feed SET next_at = 0 WHERE name = :name

-- name: feed_all
-- All of them, or one.
SELECT id, name, url, format, sum_url, every_minutes, max_bytes, is_paused, next_at, tried_at, seen_at, taken_at, failures, step, words, etag, modified,
    sum, part_etag, bytes, read_count, new_count, changed_count, refused_count
FROM feed WHERE 1
--? name: AND name = :name
ORDER BY name

-- name: feed_due_one
-- Who has waited longest; next_at 0: a person asked, also of a paused one.
SELECT id, name, url, format, sum_url, every_minutes, max_bytes, is_paused, next_at, tried_at, seen_at, taken_at, failures, step, words, etag, modified,
    sum, part_etag, bytes, read_count, new_count, changed_count, refused_count
FROM feed WHERE (is_paused = 0 AND next_at <= :now) OR next_at = 0 ORDER BY next_at, id LIMIT 1

-- name: feed_with_piece
-- Those of which the beginning is kept until the rest comes.
SELECT id FROM feed WHERE part_etag <> '' ORDER BY id

-- name: feed_set_began
-- The next try, in case this one does not come to its end.
UPDATE feed SET tried_at = :now, next_at = :next, step = 'fetch' WHERE id = :id

-- name: feed_set_step
-- It is here and is read now.
UPDATE feed SET step = :step WHERE id = :id

-- name: feed_clear_steps
-- At the start: what was under way ended with the program.
UPDATE feed SET step = '' WHERE step <> ''

-- name: feed_set_same
-- Nothing new.
UPDATE feed SET seen_at = :now, next_at = :next, failures = 0, step = '', words = '' WHERE id = :id

-- name: feed_set_taken
-- What was taken, and what the source is asked for next time.
UPDATE feed SET seen_at = :now, taken_at = :now, next_at = :next, failures = 0, step = '', words = '', etag = :etag, modified = :modified, sum = :sum,
    part_etag = '', bytes = :bytes, read_count = :read, new_count = :new, changed_count = :changed, refused_count = :refused
WHERE id = :id

-- name: feed_set_failed
-- Why, and when again.
UPDATE feed SET next_at = :next, failures = failures + 1, step = '', words = :words, part_etag = :part_etag WHERE id = :id
