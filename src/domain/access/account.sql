-- name: account_insert
-- A person who is still to be invited.
INSERT INTO account (public_id, organisation_id, email, name, lang, roles, state, created_at)
VALUES (:public_id, :organisation_id, :email, :name, :lang, :roles, 'INVITED', :now)

-- name: account_select
-- Accounts with their organisations, without any secret.
SELECT a.id AS id, a.public_id AS public_id, a.organisation_id AS organisation_id, a.email AS email, a.name AS name, a.lang AS lang,
    a.roles AS roles, a.state AS state, CASE WHEN a.password_hash = '' THEN 0 ELSE 1 END AS has_password,
    a.totp_confirmed_at AS totp_confirmed_at, a.pgp_fingerprint AS pgp_fingerprint, a.pgp_key AS pgp_key,
    a.pgp_expires AS pgp_expires, a.pgp_confirmed_at AS pgp_confirmed_at, a.created_at AS created_at,
    a.last_login_at AS last_login_at, a.version AS version, o.public_id AS organisation_public_id,
    o.name_ja AS organisation_name_ja, o.name_en AS organisation_name_en, o.kind AS organisation_kind
FROM account a JOIN organisation o ON o.id = a.organisation_id
WHERE 1 = 1
--? id: AND a.id = :id
--? public_id: AND a.public_id = :public_id
--? email: AND a.email = :email
--? organisation_id: AND a.organisation_id = :organisation_id
ORDER BY o.kind, o.name_ja, a.name, a.id LIMIT 1000

-- name: account_count
-- Is this the first one?
SELECT COUNT(*) FROM account

-- name: account_set_roles
-- Other roles, if nobody changed the account meanwhile.
UPDATE account SET roles = :roles, version = version + 1 WHERE id = :id AND version = :version

-- name: account_set_state
-- Disabled, or as it was before.
UPDATE account SET state = :state, version = version + 1 WHERE id = :id AND version = :version

-- name: account_set_profile
-- What a person may say of himself.
UPDATE account SET name = :name, lang = :lang, version = version + 1 WHERE id = :id

-- name: account_set_password
-- A new password; whoever was invited is active from here on.
UPDATE account SET password_hash = :hash, state = CASE WHEN state = 'INVITED' THEN 'ACTIVE' ELSE state END, version = version + 1
WHERE id = :id

-- name: account_drop_invitations
-- Links that are on their way are worth nothing any more.
UPDATE invitation SET used_at = :now WHERE account_id = :id AND used_at IS NULL

-- name: account_put_key
-- A key nobody uses yet.
UPDATE account SET pgp_key = :key, pgp_fingerprint = :fingerprint, pgp_expires = :expires, pgp_confirmed_at = NULL,
    version = version + 1
WHERE id = :id

-- name: account_keys_ending
-- Keys in use that end soon or have ended, as far as nobody was told yet: once from the warning on, once from the end on.
SELECT a.id AS id, a.organisation_id AS organisation_id, a.roles AS roles
FROM account a
WHERE a.state = 'ACTIVE' AND a.pgp_confirmed_at IS NOT NULL AND a.pgp_expires - :ahead <= :now
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.account_id = a.id AND o.notice = 'KEY_ENDS' AND o.created_at >= a.pgp_confirmed_at
                  AND o.created_at >= CASE WHEN a.pgp_expires <= :now THEN a.pgp_expires ELSE a.pgp_expires - :ahead END)

-- name: account_confirm_key
-- Its owner has compared the fingerprint.
UPDATE account SET pgp_confirmed_at = :now, version = version + 1 WHERE id = :id AND pgp_fingerprint = :fingerprint AND pgp_key <> ''

-- name: account_factor
-- The sealed secrets of the second factor.
SELECT totp_sealed, totp_new_sealed, totp_confirmed_at, totp_last_step FROM account WHERE id = :id

-- name: account_factor_begin
-- A secret that is being set up.
UPDATE account SET totp_new_sealed = :sealed WHERE id = :id

-- name: account_factor_take
-- A code of the new secret was right: it is the one from here on.
UPDATE account SET totp_sealed = :sealed, totp_new_sealed = NULL, totp_confirmed_at = :now, totp_last_step = :step,
    version = version + 1
WHERE id = :id

-- name: account_factor_step
-- A code works once: of two at the same moment one finds the step taken.
UPDATE account SET totp_last_step = :step WHERE id = :id AND totp_last_step < :step

-- name: account_factor_reset
-- The next login sets up a new one.
UPDATE account SET totp_sealed = NULL, totp_new_sealed = NULL, totp_confirmed_at = NULL, totp_last_step = 0, version = version + 1
WHERE id = :id
