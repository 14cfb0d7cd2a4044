-- name: demo_case_of
-- The case a receipt belongs to.
SELECT k.public_id AS public_id FROM report_access a JOIN report r ON r.id = a.report_id JOIN case_key k ON k.case_id = r.case_id
WHERE a.receipt = :receipt

-- name: demo_situation
-- What a case shows, for the guided tour.
INSERT INTO demonstration (case_id, situation) SELECT case_id, :situation FROM case_key WHERE public_id = :public_id

-- name: demo_mailbox
-- A visitor may open this mailbox as its finder.
UPDATE demonstration SET receipt = :receipt, passphrase = :passphrase WHERE case_id = (SELECT case_id FROM case_key WHERE public_id = :public_id)

-- name: demo_outbox_is_sent
-- What was told in the past has been told: nobody gets a mail of it.
UPDATE outbox SET state = 'SENT', sent_at = created_at, attempts = 1 WHERE state = 'QUEUED'

-- name: demo_case_count
-- Is anything here already?
SELECT COUNT(*) FROM case_key

-- name: demo_mark
-- What an officer says of an entry beside its records.
INSERT INTO mark (name, is_embedded, is_standard) VALUES (:name, :embedded, :standard)

-- name: demo_operator_mail
-- The latest mail to the operator of a website; it brings a link.
SELECT token_sealed FROM outbox WHERE case_id = :case_id AND link_id IS NOT NULL ORDER BY id DESC LIMIT 1

-- name: demo_link
-- A visitor may come in by this link as the operator.
UPDATE demonstration SET link = :link, link_passphrase = CASE WHEN :passphrase = '' THEN link_passphrase ELSE :passphrase END WHERE case_id = :case_id
