-- name: login_account
-- What a login is checked against; only active accounts have a password that counts.
SELECT id, password_hash FROM account WHERE email = :email AND state = 'ACTIVE'

-- name: login_hash
-- The password of who is logged in.
SELECT id, password_hash FROM account WHERE id = :id AND state = 'ACTIVE'

-- name: login_rehash
-- The same password under today's parameters, unless it was changed meanwhile.
UPDATE account SET password_hash = :hash WHERE id = :id AND password_hash = :old

-- name: login_mark
-- The last time somebody came in.
UPDATE account SET last_login_at = :now WHERE id = :id
