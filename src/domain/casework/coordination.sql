-- name: coordination_developer
-- A developer of the list by its public id.
SELECT id, kind, state, handling_suspended, name_ja FROM organisation WHERE public_id = :public_id

-- name: coordination_is_in
-- Whether an organisation is or was in the case.
SELECT count(*) AS n FROM participant WHERE case_id = :case_id AND organisation_id = :organisation_id

-- name: coordination_managers
-- Whether anybody there can be told.
SELECT count(*) AS n FROM account WHERE organisation_id = :organisation_id AND state = 'ACTIVE' AND (roles & :roles) <> 0

-- name: coordination_registered
-- Whether a developer has come to the end of its registration.
SELECT count(*) AS n FROM organisation WHERE id = :organisation_id AND kind = 'PD' AND state = 'REGISTERED'

-- name: coordination_wishes
-- Wishes to move the date, newest last.
SELECT r.id, r.participant_id, r.proposed, r.seq, r.state, l.at, o.name_ja
FROM date_request r JOIN ledger l ON l.seq = r.seq JOIN participant p ON p.id = r.participant_id JOIN organisation o ON o.id = p.organisation_id
WHERE r.case_id = :case_id ORDER BY r.id

-- name: coordination_later_date
-- The later date that waits for a second officer.
SELECT d.seq, d.proposed, d.proposed_by, l.at, a.name
FROM later_date d JOIN ledger l ON l.seq = d.seq LEFT JOIN account a ON a.id = d.proposed_by WHERE d.case_id = :case_id

-- name: coordination_wish_open
-- Whether a wish of this case still waits.
SELECT count(*) AS n FROM date_request WHERE id = :id AND case_id = :case_id AND state = 'OPEN'

-- name: coordination_wish_participant
-- Whose wish it is.
SELECT participant_id, (SELECT organisation_id FROM participant p WHERE p.id = participant_id) AS organisation_id FROM date_request WHERE id = :id AND case_id = :case_id

-- name: coordination_hints
-- What developers told of others.
SELECT h.id, h.participant_id, h.seq, h.handled_seq, l.at, o.name_ja
FROM hint h JOIN ledger l ON l.seq = h.seq JOIN participant p ON p.id = h.participant_id JOIN organisation o ON o.id = p.organisation_id
WHERE h.case_id = :case_id ORDER BY h.id

-- name: coordination_hint_open
-- Whether a hint of this case still waits.
SELECT count(*) AS n FROM hint WHERE id = :id AND case_id = :case_id AND handled_seq IS NULL

-- name: answer_wish_next
-- The next wish's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM date_request

-- name: answer_hint_next
-- The next hint's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM hint

-- name: participant_next_for_add
-- The next participant's internal number.
SELECT coalesce(max(id), 0) + 1 AS id FROM participant
