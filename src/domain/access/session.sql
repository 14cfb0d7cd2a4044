-- name: session_insert
-- A new session; its token is kept as a hash.
INSERT INTO session (public_id, token_hash, account_id, report_id, link_id, state, form_token, created_at, seen_at, strong_at, agent)
VALUES (:public_id, :token_hash, :account_id, :report_id, :link_id, :state, :form_token, :now, :now, :strong_at, :agent)

-- name: session_get
-- Who comes with a token: account, organisation and roles, or an operator's link, as they are now.
SELECT s.id AS id, s.state AS state, s.report_id AS report_id, s.link_id AS link_id, w.case_id AS link_case_id, w.stage AS link_stage, s.form_token AS form_token, s.created_at AS created_at,
    s.seen_at AS seen_at, s.strong_at AS strong_at, a.id AS account_id, a.organisation_id AS organisation_id, a.name AS name,
    a.email AS email, a.lang AS lang, a.roles AS roles, a.state AS account_state, o.name_ja AS organisation_name
FROM session s
LEFT JOIN account a ON a.id = s.account_id
LEFT JOIN organisation o ON o.id = a.organisation_id
LEFT JOIN website_link w ON w.id = s.link_id AND w.ended_at IS NULL
WHERE s.token_hash = :token_hash

-- name: session_seen
-- Remembers the last request, to the minute.
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now

-- name: session_renew
-- A new token at a change of privilege; the old one is worth nothing from here on.
UPDATE session SET token_hash = :token_hash, form_token = :form_token, state = :state, seen_at = :now,
    created_at = CASE WHEN state = :state THEN created_at ELSE :now END,
    strong_at = CASE WHEN :fresh = 1 THEN :now ELSE strong_at END
WHERE id = :id

-- name: session_end
-- One session.
DELETE FROM session WHERE id = :id

-- name: session_end_one
-- One of a person's own sessions.
DELETE FROM session WHERE account_id = :account_id AND public_id = :public_id

-- name: session_end_all
-- All of a person's sessions, perhaps but one.
DELETE FROM session WHERE account_id = :account_id AND id <> :but

-- name: session_end_finder
-- All of a mailbox.
DELETE FROM session WHERE report_id = :report_id

-- name: session_list
-- A person's sessions that are still good.
SELECT id, public_id, agent, created_at, seen_at FROM session
WHERE account_id = :account_id AND state = 'FULL' AND seen_at > :seen_after AND created_at > :created_after ORDER BY seen_at DESC

-- name: session_purge
-- Sessions past their limits.
DELETE FROM session WHERE seen_at <= :seen_before OR created_at <= :created_before
    OR (state = 'PASSWORD' AND created_at <= :halfway_before)
