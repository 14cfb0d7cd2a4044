-- name: referral_add
-- A number to hand to a finder.
INSERT INTO referral (code, organisation_id, account_id, told, created_at) VALUES (:code, :organisation_id, :account_id, :told, :now)

-- name: referral_own_name
-- A developer's own name.
SELECT name_ja FROM organisation WHERE id = :id

-- name: referral_list
-- What was handed out, the newest first.
SELECT id, code, told, created_at FROM referral WHERE organisation_id = :organisation_id ORDER BY id DESC LIMIT 100

-- name: referral_by_code
-- The number a finder brought.
SELECT id, code, told, created_at FROM referral WHERE code = :code

-- name: referral_of_case
-- Which number the report of a case came with.
SELECT r.id, r.code, r.told, r.created_at FROM ledger l JOIN referral r ON r.id = l.ref WHERE l.case_id = :case_id AND l.kind = 'report.referred' LIMIT 1
