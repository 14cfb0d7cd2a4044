-- name: invitation_insert
-- A link; its token is kept as a hash.
INSERT INTO invitation (token_hash, account_id, purpose, created_at, expires_at)
VALUES (:token_hash, :account_id, :purpose, :now, :expires_at)

-- name: invitation_drop
-- Earlier links of the account end.
UPDATE invitation SET used_at = :now WHERE account_id = :account_id AND used_at IS NULL

-- name: invitation_get
-- A link that is still good.
SELECT i.id AS id, i.purpose AS purpose, i.account_id AS account_id
FROM invitation i JOIN account a ON a.id = i.account_id
WHERE i.token_hash = :token_hash AND i.used_at IS NULL AND i.expires_at > :now AND a.state <> 'DISABLED'

-- name: invitation_use
-- Of two at the same moment one finds it used.
UPDATE invitation SET used_at = :now WHERE id = :id AND used_at IS NULL
