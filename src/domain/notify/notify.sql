-- name: notify_due
-- Mails to be sent now.
SELECT id FROM outbox WHERE state = 'QUEUED' AND due <= :now ORDER BY due, id LIMIT :limit

-- name: notify_row
-- One mail and its recipient.
SELECT o.id, o.notice, o.case_id, o.participant_id, o.report_id, o.account_id, o.link_id, o.reporter_id, o.watch_id, o.seq, o.token_sealed, o.message_id, o.created_at,
       a.email, a.lang, a.state AS account_state, a.pgp_key, a.pgp_fingerprint, a.pgp_expires, a.pgp_confirmed_at, k.public_id AS case_public_id,
       p.public_id AS participant_public_id, po.name_ja AS developer_ja, po.name_en AS developer_en, w.public_id AS watch_public_id
FROM outbox o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN case_key k ON k.case_id = o.case_id
     LEFT JOIN participant p ON p.id = o.participant_id LEFT JOIN organisation po ON po.id = p.organisation_id LEFT JOIN watch_list w ON w.id = o.watch_id
WHERE o.id = :id

-- name: notify_attempts
-- How often it was tried, and since when.
SELECT attempts, created_at FROM outbox WHERE id = :id

-- name: notify_set
-- The outcome of an attempt.
UPDATE outbox SET state = :state, attempts = attempts + 1, due = :due, last_words = :words, sent_at = :sent_at WHERE id = :id AND state = 'QUEUED'
