-- name: token_insert
-- A new key; it is kept as a hash.
INSERT INTO api_token (public_id, account_id, name, token_hash, may_write, created_at, expires_at)
VALUES (:public_id, :account_id, :name, :token_hash, :may_write, :now, :expires_at)

-- name: token_count
-- How many keys of a person are in use.
SELECT count(*) AS n FROM api_token WHERE account_id = :account_id AND ended_at IS NULL AND expires_at > :now

-- name: token_get
-- Who comes with a key: account, organisation and roles as they are now.
SELECT t.id AS token_id, t.may_write, t.used_at, a.id AS account_id, a.organisation_id, a.name, a.email, a.lang, a.roles, o.name_ja AS organisation_name
FROM api_token t JOIN account a ON a.id = t.account_id JOIN organisation o ON o.id = a.organisation_id
WHERE t.token_hash = :token_hash AND t.ended_at IS NULL AND t.expires_at > :now AND a.state = 'ACTIVE'

-- name: token_used
-- Remembers the last use, to the hour.
UPDATE api_token SET used_at = :now WHERE id = :id AND (used_at IS NULL OR used_at < :now)

-- name: token_list
-- A person's keys, or all of an organisation's.
SELECT t.public_id, t.name, t.may_write, t.created_at, t.expires_at, t.used_at, t.ended_at, a.id AS account_id, a.name AS owner_name
FROM api_token t JOIN account a ON a.id = t.account_id
WHERE coalesce(t.ended_at, t.expires_at) > :since
--? account_id: AND a.id = :account_id
--? organisation_id: AND a.organisation_id = :organisation_id
ORDER BY t.id DESC LIMIT 500

-- name: token_whose
-- Whose a key is, that can still be ended.
SELECT t.id, t.account_id FROM api_token t JOIN account a ON a.id = t.account_id
WHERE t.public_id = :public_id AND t.ended_at IS NULL
--? account_id: AND a.id = :account_id
--? organisation_id: AND a.organisation_id = :organisation_id

-- name: token_end
-- It is worth nothing from here on.
UPDATE api_token SET ended_at = :now WHERE id = :id AND ended_at IS NULL

-- name: token_end_all
-- All of a person's.
UPDATE api_token SET ended_at = :now WHERE account_id = :account_id AND ended_at IS NULL
