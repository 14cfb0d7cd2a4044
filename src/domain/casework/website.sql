-- name: website_by_id
-- One website case by its internal number.
SELECT c.id, c.state, c.legal_basis, c.title_seq, c.submitted_at, c.accepted_at, c.operator_kind, c.stage1_at, c.stage1_seq, c.contact_seq, c.stage2_at,
       c.encryption, c.encryption_seq, c.stage3_at, c.stage3_seq, c.handling_number, c.received_at, c.result, c.result_at, c.result_seq, c.estimate,
       c.estimate_seq, c.fixed_at, c.fix_kind, c.fix_seq, c.long_pending_at, c.direct_wished_at, c.direct_agreed_at, c.direct_agreed_seq, c.direct_at,
       c.ordinance, c.ordinance_seq, c.closed_at, c.close_code, c.impact_range, c.impact_score, c.impact_grade, c.rb_officer_id, c.changed_at, c.version,
       k.public_id, k.number, r.id AS report_id, r.submitted_seq, r.consent_developer, r.consent_direct,
       (SELECT count(*) FROM contact_attempt t WHERE t.case_id = c.id) AS attempts
FROM website_case c JOIN case_key k ON k.case_id = c.id JOIN report r ON r.case_id = c.id WHERE c.id = :id ORDER BY r.id LIMIT 1

-- name: website_id_of
-- The internal number of a website case by its name in URLs.
SELECT c.id FROM website_case c JOIN case_key k ON k.case_id = c.id WHERE k.public_id = :public_id

-- name: website_is_one
-- Whether a case is a website's.
SELECT count(*) AS n FROM website_case WHERE id = :id

-- name: website_attempts
-- Attempts to reach the operator (WEB-22), the newest first; what was noted is the payload of entry seq.
SELECT seq, channel, at, result FROM contact_attempt WHERE case_id = :case_id ORDER BY seq DESC

-- name: website_handling_number_taken
-- Whether a handling number is in use.
SELECT count(*) AS n FROM website_case WHERE handling_number = :number

-- name: website_finder_notice
-- Whether the finder has been told of the fix: the mail was at least queued, or there was no address to send it to.
SELECT count(*) AS n FROM outbox WHERE case_id = :case_id AND notice = 'N20'

-- name: website_handovers
-- What the operator told system integrators, and the receipts it has for it (CFD-13).
SELECT l.seq, l.at, l.n, (SELECT min(x.seq) FROM ledger x WHERE x.case_id = l.case_id AND x.kind = 'website.integrator_receipt' AND x.ref = l.seq) AS receipt_seq,
       (SELECT min(x.n) FROM ledger x WHERE x.case_id = l.case_id AND x.kind = 'website.integrator_receipt' AND x.ref = l.seq) AS receipt_at
FROM ledger l WHERE l.case_id = :case_id AND l.kind = 'website.integrator_told' ORDER BY l.seq

-- name: website_link_add
-- A secret link; its token is kept as a hash.
INSERT INTO website_link (case_id, stage, token_hash, created_at) VALUES (:case_id, :stage, :token_hash, :now)

-- name: website_link_end_before
-- The links of earlier stages open nothing any more.
UPDATE website_link SET ended_at = :now WHERE case_id = :case_id AND stage < :stage AND ended_at IS NULL

-- name: website_link_by_token
-- The link somebody came with, and whether it asks for a passphrase.
SELECT l.id, l.case_id, l.stage, p.hash AS passphrase_hash, c.encryption
FROM website_link l JOIN website_case c ON c.id = l.case_id LEFT JOIN website_passphrase p ON p.case_id = l.case_id
WHERE l.token_hash = :token_hash AND l.ended_at IS NULL

-- name: website_link_of
-- The case and stage of a link.
SELECT case_id, stage FROM website_link WHERE id = :id

-- name: website_passphrase_set
-- The passphrase that was agreed.
INSERT INTO website_passphrase (case_id, hash) VALUES (:case_id, :hash) ON CONFLICT (case_id) DO UPDATE SET hash = excluded.hash

-- name: website_apply_new
-- W01
INSERT INTO website_case (id, state, legal_basis, submitted_at, changed_at) VALUES (:id, :state, :legal_basis, :at, :at)

-- name: website_apply_state
-- Something happened, perhaps a move.
UPDATE website_case SET state = coalesce(:state, state), changed_at = :at, version = version + 1 WHERE id = :id

-- name: website_apply_accepted
-- W03
UPDATE website_case SET accepted_at = :at, rb_officer_id = coalesce(rb_officer_id, :who) WHERE id = :id

-- name: website_apply_closed
-- No more work is expected.
UPDATE website_case SET closed_at = :at, close_code = :code, rb_officer_id = coalesce(rb_officer_id, :who) WHERE id = :id

-- name: website_apply_stage1
-- W05; the address is the payload of this entry.
UPDATE website_case SET stage1_at = :at, stage1_seq = :seq, operator_kind = :operator_kind WHERE id = :id

-- name: website_apply_contact
-- The operator named whom to write to (WEB-03).
UPDATE website_case SET contact_seq = :seq WHERE id = :id

-- name: website_apply_stage2
-- W06
UPDATE website_case SET stage2_at = :at WHERE id = :id

-- name: website_apply_encryption
-- CFD-09
UPDATE website_case SET encryption = :encryption, encryption_seq = :seq WHERE id = :id

-- name: website_apply_stage3
-- W07: the clocks of WEB-11 and WEB-12 begin.
UPDATE website_case SET stage3_at = :at, stage3_seq = :seq, handling_number = :handling_number WHERE id = :id

-- name: website_apply_received
-- W08
UPDATE website_case SET received_at = coalesce(received_at, :at) WHERE id = :id

-- name: website_apply_result
-- WEB-10
UPDATE website_case SET result = :result, result_at = :at, result_seq = :seq WHERE id = :id

-- name: website_apply_estimate
-- WEB-11
UPDATE website_case SET estimate = :n, estimate_seq = :seq WHERE id = :id

-- name: website_apply_fixed
-- W11
UPDATE website_case SET fixed_at = :at, fix_kind = :fix_kind, fix_seq = :seq, received_at = coalesce(received_at, :at) WHERE id = :id

-- name: website_apply_long_pending
-- W13
UPDATE website_case SET long_pending_at = :at WHERE id = :id

-- name: website_apply_direct_wished
-- FND-14: the operator wishes it.
UPDATE website_case SET direct_wished_at = :at, direct_agreed_at = NULL WHERE id = :id

-- name: website_apply_direct_agreed
-- FND-14: the finder agrees.
UPDATE website_case SET direct_agreed_at = :at, direct_agreed_seq = :seq WHERE id = :id

-- name: website_apply_direct_declined
-- FND-14: the finder does not agree.
UPDATE website_case SET direct_wished_at = NULL, direct_agreed_at = NULL WHERE id = :id

-- name: website_apply_direct_opened
-- W17
UPDATE website_case SET direct_at = :at WHERE id = :id

-- name: website_apply_ordinance
-- CFD-16
UPDATE website_case SET ordinance = :ordinance, ordinance_seq = :seq WHERE id = :id

-- name: website_apply_title
-- The working title is the payload of this entry.
UPDATE website_case SET title_seq = :seq WHERE id = :id

-- name: website_apply_impact
-- INT-23
UPDATE website_case SET impact_range = :range, impact_score = :score, impact_grade = :grade WHERE id = :id

-- name: website_apply_assigned
-- The officer of the receiving body.
UPDATE website_case SET rb_officer_id = :who WHERE id = :id

-- name: website_apply_attempt
-- WEB-22
INSERT INTO contact_attempt (seq, case_id, participant_id, channel, at, result) VALUES (:seq, :case_id, 0, :channel, :at, :result)

-- name: website_cache_clear
-- Before rebuilding.
DELETE FROM website_case
