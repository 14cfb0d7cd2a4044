-- name: outbox_add
-- One mail to one account or to a finder; the message id is its own, so that a repeated sending can be recognised.
INSERT INTO outbox (notice, case_id, participant_id, report_id, account_id, watch_id, seq, token_sealed, created_at, due, message_id)
VALUES (:notice, :case_id, :participant_id, :report_id, :account_id, :watch_id, :seq, :token_sealed, :now, :now, lower(hex(randomblob(16))))

-- name: outbox_add_deputy
-- The same to who stands in for the account now, if the mail is about a case.
INSERT INTO outbox (notice, case_id, participant_id, account_id, seq, created_at, due, message_id)
SELECT :notice, :case_id, :participant_id, a.id, :seq, :now, :now, lower(hex(randomblob(16)))
FROM absence b JOIN account a ON a.id = b.deputy_id
WHERE b.account_id = :account_id AND b.ended_at IS NULL AND b.from_at <= :now AND b.until_at > :now AND a.state = 'ACTIVE'

-- name: outbox_add_operator
-- One mail to the operator of a website.
INSERT INTO outbox (notice, case_id, participant_id, link_id, seq, token_sealed, created_at, due, message_id)
VALUES (:notice, :case_id, :participant_id, :link_id, :seq, :token_sealed, :now, :now, lower(hex(randomblob(16))))

-- name: outbox_add_reporter
-- One mail to who had told the developer of the case directly, if anybody had.
INSERT INTO outbox (notice, case_id, participant_id, reporter_id, seq, created_at, due, message_id)
SELECT :notice, case_id, participant_id, id, :seq, :now, :now, lower(hex(randomblob(16))) FROM direct_reporter WHERE case_id = :case_id AND length(sealed) > 0

-- name: outbox_add_role
-- One mail to each who holds the role.
INSERT INTO outbox (notice, case_id, participant_id, report_id, account_id, seq, token_sealed, created_at, due, message_id)
SELECT :notice, :case_id, :participant_id, :report_id, id, :seq, :token_sealed, :now, :now, lower(hex(randomblob(16)))
FROM account WHERE state = 'ACTIVE' AND (roles & :roles) <> 0

-- name: outbox_add_managers
-- One mail to each manager of a developer.
INSERT INTO outbox (notice, case_id, participant_id, report_id, account_id, seq, token_sealed, created_at, due, message_id)
SELECT :notice, :case_id, :participant_id, :report_id, id, :seq, :token_sealed, :now, :now, lower(hex(randomblob(16)))
FROM account WHERE state = 'ACTIVE' AND organisation_id = :organisation_id AND (roles & :roles) <> 0
