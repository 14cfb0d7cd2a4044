-- name: outbox_add
-- One mail to one account or to a finder; the message id is its own, so that a repeated sending can be recognised.
INSERT INTO outbox (notice, case_id, participant_id, report_id, account_id, seq, token_sealed, created_at, due, message_id)
VALUES (:notice, :case_id, :participant_id, :report_id, :account_id, :seq, :token_sealed, :now, :now, lower(hex(randomblob(16))))

-- name: outbox_add_operator
-- One mail to the operator of a website.
INSERT INTO outbox (notice, case_id, participant_id, link_id, seq, token_sealed, created_at, due, message_id)
VALUES (:notice, :case_id, :participant_id, :link_id, :seq, :token_sealed, :now, :now, lower(hex(randomblob(16))))

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
