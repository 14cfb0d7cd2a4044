-- name: watch_untold
-- The next list with news to be told by mail: its owner is there, and the hour has come.
SELECT l.id, l.account_id, l.digest FROM watch_list l JOIN account a ON a.id = l.account_id
WHERE a.state = 'ACTIVE' AND ((l.rhythm = 'HOURLY' AND coalesce(l.digest_at, 0) <= :hour) OR (l.rhythm = 'DAILY' AND coalesce(l.digest_at, 0) < :day)
        OR (l.rhythm = 'WEEKLY' AND coalesce(l.digest_at, 0) < :week))
    AND EXISTS (SELECT 1 FROM watch_finding f WHERE f.list_id = l.id AND f.digest = 0)
ORDER BY l.id LIMIT 1

-- name: watch_tell
-- The news go with this mail.
UPDATE watch_finding SET digest = :digest WHERE list_id = :id AND digest = 0

-- name: watch_told_at
-- And it has a number.
UPDATE watch_list SET digest = :digest, digest_at = :now WHERE id = :id

-- name: watch_told_list
-- Whose mail it is.
SELECT name, names_records FROM watch_list WHERE id = :id

-- name: watch_told_count
-- How many records it tells.
SELECT count(*) FROM watch_finding WHERE list_id = :id AND digest = :digest

-- name: watch_told_rows
-- Which ones, the gravest first.
SELECT name, title_ja, title_en, tenths, is_kev, is_changed FROM watch_finding WHERE list_id = :id AND digest = :digest
ORDER BY is_kev DESC, tenths DESC, id LIMIT :limit

-- name: watch_feed_set
-- A new secret, or none.
UPDATE watch_list SET feed_hash = :hash, feed_at = :now WHERE id = :id

-- name: watch_feed_list
-- What a token opens, while its owner has an account.
SELECT l.id, l.public_id, l.name FROM watch_list l JOIN account a ON a.id = l.account_id WHERE l.feed_hash = :hash AND a.state = 'ACTIVE'

-- name: watch_feed_items
-- The latest news.
SELECT name, title_ja, title_en, tenths, is_kev, found_at, news_at FROM watch_finding WHERE list_id = :id ORDER BY news_at DESC, id DESC LIMIT :limit
