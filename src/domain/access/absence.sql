-- name: absence_insert
-- Somebody will be away.
INSERT INTO absence (account_id, deputy_id, from_at, until_at, entered_at) VALUES (:account_id, :deputy_id, :from, :until, :now)

-- name: absence_end
-- Back before its time, or not away at all.
UPDATE absence SET ended_at = :now WHERE id = :id AND account_id = :account_id AND ended_at IS NULL AND until_at > :now

-- name: absence_meets
-- Whether somebody is away at some time between two instants.
SELECT count(*) AS n FROM absence WHERE account_id = :account_id AND ended_at IS NULL AND from_at < :until AND until_at > :from

-- name: absence_list
-- Of one person, away or standing in.
SELECT b.id, b.account_id, b.deputy_id, b.from_at, b.until_at, b.ended_at, a.name AS account_name, d.name AS deputy_name
FROM absence b JOIN account a ON a.id = b.account_id JOIN account d ON d.id = b.deputy_id
WHERE b.account_id = :account_id OR b.deputy_id = :account_id ORDER BY b.from_at DESC, b.id DESC LIMIT 200
