-- name: apply_case_new
-- P01: the case begins with its report.
INSERT INTO product_case (id, state, origin, legal_basis, submitted_at, category, changed_at)
VALUES (:id, :state, :origin, :legal_basis, :at, :category, :at)

-- name: apply_report_new
-- The report of a case; its texts stay in the ledger's payload.
INSERT INTO report (id, case_id, submitted_at, submitted_seq, lang, channel, consent_developer, consent_coordinator, consent_direct,
                    consent_credit, intends_to_publish, planned_publication_at, is_iot)
VALUES (:id, :case_id, :at, :seq, :lang, :channel, :consent_developer, :consent_coordinator, :consent_direct, :consent_credit,
        :intends_to_publish, :planned_publication_at, :is_iot)

-- name: apply_case_protocol
-- Where the machines of a case stand.
SELECT rb_rm, cb_rm, em, pxa FROM product_case WHERE id = :id

-- name: apply_participant_protocol
-- Where the machines of a participant stand.
SELECT rm, pec, vfd, contact, level FROM participant WHERE id = :id

-- name: apply_case_state
-- A move of the case.
UPDATE product_case SET state = coalesce(:state, state), rb_rm = :rb_rm, cb_rm = :cb_rm, em = :em, pxa = :pxa, changed_at = :at, version = version + 1
WHERE id = :id

-- name: apply_participant_state
-- A move of a developer.
UPDATE participant SET state = coalesce(:state, state), rm = :rm, pec = :pec, vfd = :vfd, last_move_at = :at, version = version + 1 WHERE id = :id

-- name: apply_case_touch
-- Something happened in the case.
UPDATE product_case SET changed_at = :at, version = version + 1 WHERE id = :id

-- name: apply_participant_touch
-- Something happened with a developer.
UPDATE participant SET last_move_at = :at, version = version + 1 WHERE id = :id

-- name: apply_reviewed
-- P02
UPDATE product_case SET reviewed_at = coalesce(reviewed_at, :at), rb_officer_id = coalesce(rb_officer_id, :who) WHERE id = :id

-- name: apply_accepted
-- P04: the clock of STA-05 begins.
UPDATE product_case SET accepted_at = :at WHERE id = :id

-- name: apply_closed
-- The case is over without publication.
UPDATE product_case SET closed_at = :at, close_code = :code WHERE id = :id

-- name: apply_taken
-- CB takes the case: handling_started_at of COO-37.
UPDATE product_case SET handling_started_at = coalesce(handling_started_at, :at), cb_officer_id = coalesce(cb_officer_id, :who) WHERE id = :id

-- name: apply_first_contact
-- P08: first_contact_at of COO-37.
UPDATE product_case SET first_contact_at = coalesce(first_contact_at, :at) WHERE id = :id

-- name: apply_date_set
-- P09
UPDATE product_case SET publication_date = :n, date_basis = :code WHERE id = :id

-- name: apply_date_changed
-- P10
UPDATE product_case SET publication_date = :n, date_changes = date_changes + 1 WHERE id = :id

-- name: apply_later_date
-- An officer proposes a later date; the last proposal counts.
INSERT INTO later_date (case_id, seq, proposed, proposed_by) VALUES (:id, :seq, :n, :who)
ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq, proposed = excluded.proposed, proposed_by = excluded.proposed_by

-- name: apply_later_date_done
-- Decided, or overtaken by another change.
DELETE FROM later_date WHERE case_id = :id

-- name: apply_published
-- P12
UPDATE product_case SET published_at = :at WHERE id = :id

-- name: apply_title
-- The case's working title is the payload of this entry.
UPDATE product_case SET title_seq = :seq WHERE id = :id

-- name: apply_summary
-- The summary that developers are to get (概要情報) is the payload of this entry.
UPDATE product_case SET summary_seq = :seq WHERE id = :id

-- name: apply_impact
-- INT-23
UPDATE product_case SET impact_range = :range, impact_score = :score, impact_grade = :grade WHERE id = :id

-- name: apply_assigned_rb
-- The officer of the receiving body.
UPDATE product_case SET rb_officer_id = :who WHERE id = :id

-- name: apply_assigned_cb
-- The officer of the coordinating body.
UPDATE product_case SET cb_officer_id = :who WHERE id = :id

-- name: apply_participant_new
-- V01
INSERT INTO participant (id, public_id, case_id, organisation_id, alias, state, last_move_at)
VALUES (:id, :public_id, :case_id, :organisation_id, :alias, :state, :at)

-- name: apply_reported_own
-- P24: its own product; it reports result and countermeasure in one.
UPDATE participant SET summary_at = :at, seen_at = :at, detail_at = :at, verified_at = :at, status_at = :at,
       affected = 'YES', novelty = 'NEW', countermeasure = :countermeasure, name_consent = 1, result_seq = :seq, status_seq = :seq WHERE id = :id

-- name: apply_participant_removed
-- Taken out of the case: sees nothing from here on; what it was given stays on record.
UPDATE participant SET is_removed = 1 WHERE id = :id

-- name: apply_summary_sent
-- V02
UPDATE participant SET summary_at = :at, answer_due = :n WHERE id = :id

-- name: apply_seen
-- The developer opened what it was sent.
UPDATE participant SET seen_at = coalesce(seen_at, :at) WHERE id = :id

-- name: apply_reach
-- The machines of domain-model 7.4 after an event.
UPDATE participant SET contact = :contact, level = :level WHERE id = :id

-- name: apply_docket_participant
-- Whose part it is that is before the committee.
SELECT participant_id FROM docket WHERE id = :id

-- name: apply_resume_state
-- V11, V12: where it was when it could not be reached.
UPDATE participant SET resume_state = :state WHERE id = :id

-- name: apply_observation
-- Somebody says that it has become known, or is used.
INSERT INTO observation (id, case_id, kind, state, claimed_by, participant_id, seen_at, seq) VALUES (:id, :case_id, :kind, :state, :claimed_by, :participant_id, :n, :seq)

-- name: apply_observation_adopted
-- A second person has confirmed it.
UPDATE observation SET state = :state, adopted_at = :at, adopted_seq = :seq WHERE id = :id

-- name: apply_observation_state
-- It is not so.
UPDATE observation SET state = :state WHERE id = :id

-- name: apply_observation_decided
-- What the coordinating body does about it.
UPDATE observation SET state = :state, decision = :decision, decided_at = :at, decided_seq = :seq WHERE id = :id

-- name: apply_inquiry
-- The finder asks; the words are those of the message.
INSERT INTO inquiry (id, case_id, state, identity, at, seq) VALUES (:id, :case_id, :state, :identity, :at, :seq)

-- name: apply_inquiry_consulted
-- The coordinating body is asked.
UPDATE inquiry SET state = :state, consulted_at = :at, consulted_seq = :seq WHERE id = :id

-- name: apply_inquiry_advised
-- What may be told.
UPDATE inquiry SET state = :state, advised_at = :at, advised_seq = :seq WHERE id = :id

-- name: apply_inquiry_answered
-- N06
UPDATE inquiry SET state = :state, answered_seq = :seq WHERE id = :id

-- name: apply_withdrawal
-- The finder asks, perhaps once more.
INSERT INTO withdrawal (case_id, state, requested_at, requested_seq) VALUES (:id, :state, :at, :seq)
ON CONFLICT (case_id) DO UPDATE SET state = excluded.state, requested_at = excluded.requested_at, requested_seq = excluded.requested_seq, decided_at = NULL,
    decided_seq = NULL

-- name: apply_withdrawal_decided
-- The receiving body has answered.
UPDATE withdrawal SET state = :state, decided_at = :at, decided_seq = :seq WHERE case_id = :id

-- name: apply_docket
-- A case is put before the committee.
INSERT INTO docket (id, case_id, participant_id, cause, state, proposed_at, proposed_seq) VALUES (:id, :case_id, :participant_id, :cause, :state, :at, :seq)

-- name: apply_docket_checked
-- The bundle, and which criteria hold.
UPDATE docket SET state = :state, checked_at = :at, checked_seq = :seq, criteria = :criteria, bundle_hash = :bundle_hash WHERE id = :id

-- name: apply_docket_notice
-- The developer may speak until then.
UPDATE docket SET state = :state, notice_at = :at, notice_seq = :seq, hearing_until = :n WHERE id = :id

-- name: apply_docket_heard
-- It has spoken, or the day has passed.
UPDATE docket SET state = :state, heard_at = :at, opinion_seq = :opinion_seq WHERE id = :id

-- name: apply_docket_convened
-- The meeting's day.
UPDATE docket SET state = :state, meeting_at = :n WHERE id = :id

-- name: apply_docket_member
-- Somebody who judges; who does already goes on.
INSERT INTO docket_member (docket_id, account_id) VALUES (:id, :account_id) ON CONFLICT DO NOTHING

-- name: apply_docket_voted
-- A member votes, or stands aside.
UPDATE docket_member SET vote = :vote, is_recused = :is_recused, at = :at, seq = :seq WHERE docket_id = :id AND account_id = :account_id

-- name: apply_docket_deliberated
-- The minutes.
UPDATE docket SET state = :state, deliberated_at = :at, minutes_seq = :seq WHERE id = :id

-- name: apply_docket_decided
-- What the receiving body decided.
UPDATE docket SET state = :state, decided_at = :at, decided_seq = :seq WHERE id = :id

-- name: apply_docket_ordered
-- The way to publication is open.
UPDATE docket SET state = :state, ordered_at = :at, ordered_seq = :seq WHERE id = :id

-- name: apply_docket_view
-- What the developer wants printed.
UPDATE docket SET view_seq = :seq WHERE id = :id

-- name: apply_docket_executed
-- It is public.
UPDATE docket SET state = :state, executed_at = :at, ended_at = :at WHERE id = :id

-- name: apply_docket_ended
-- Without publication.
UPDATE docket SET state = :state, ended_at = :at WHERE id = :id

-- name: apply_date_dropped
-- P17, P19: what was agreed on does not hold any more.
UPDATE product_case SET publication_date = NULL, date_basis = '' WHERE id = :id

-- name: apply_unreachable
-- An officer proposes that it cannot be reached.
INSERT INTO unreachable (id, case_id, participant_id, state, proposed_by, proposed_seq) VALUES (:id, :case_id, :participant_id, :state, :proposed_by, :seq)

-- name: apply_unreachable_state
-- A move of its life.
UPDATE unreachable SET state = :state WHERE id = :id

-- name: apply_unreachable_confirmed
-- By a second person.
UPDATE unreachable SET confirmed_at = :at WHERE id = :id

-- name: apply_unreachable_listed
-- P20: by name.
UPDATE unreachable SET listed_at = :at, listed_seq = :seq, number = :number WHERE id = :id

-- name: apply_unreachable_product
-- With its product.
UPDATE unreachable SET product_at = :at, product_seq = :seq WHERE id = :id

-- name: apply_unreachable_deadline
-- By when an answer is asked for.
UPDATE unreachable SET deadline = :n WHERE id = :id

-- name: apply_unreachable_resumed
-- P21
UPDATE unreachable SET resumed_at = :at WHERE id = :id

-- name: apply_eol
-- EOL-01: what is known of the end of support; the last record counts.
INSERT INTO eol (case_id, seq, at, declared_at, ends_at, ci_use, small_impact, advice)
VALUES (:id, :seq, :at, :declared_at, :n, :ci_use, :small_impact, :advice)
ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq, at = excluded.at, declared_at = excluded.declared_at, ends_at = excluded.ends_at,
       ci_use = excluded.ci_use, small_impact = excluded.small_impact, advice = excluded.advice

-- name: apply_unreachable_answer
-- Somebody wrote who may know it.
INSERT INTO unreachable_answer (seq, unreachable_id, case_id, at) VALUES (:seq, :id, :case_id, :at)

-- name: apply_no_product
-- V03
UPDATE participant SET affected = 'NO', verified_at = :at, name_consent = :name_consent, answer_due = NULL,
       result_seq = :seq WHERE id = :id

-- name: apply_detail_requested
-- V04; COO-11 acknowledged.
UPDATE participant SET detail_requested_at = :at, warning_acknowledged_at = :at, name_consent = 1, answer_due = NULL WHERE id = :id

-- name: apply_detail_sent
-- V05
UPDATE participant SET detail_at = :at, answer_due = :n WHERE id = :id

-- name: apply_result
-- V06
UPDATE participant SET affected = :affected, novelty = :novelty, verified_at = :at, result_seq = :seq, answer_due = NULL WHERE id = :id

-- name: apply_status
-- COO-23, COO-24
UPDATE participant SET countermeasure = :countermeasure, status_at = :at, status_seq = :seq WHERE id = :id

-- name: apply_answer_due
-- By when an answer is asked for.
UPDATE participant SET answer_due = :n WHERE id = :id

-- name: apply_reminded
-- A reminder went out.
UPDATE participant SET reminders = reminders + 1, reminded_at = :at WHERE id = :id

-- name: apply_date_request_new
-- COO-21: a wish.
INSERT INTO date_request (id, case_id, participant_id, proposed, seq) VALUES (:id, :case_id, :participant_id, :proposed, :seq)

-- name: apply_date_request_decided
-- COO-21: CB's answer.
UPDATE date_request SET state = :state, decided_seq = :seq WHERE id = :id

-- name: apply_hint_new
-- COO-13
INSERT INTO hint (id, case_id, participant_id, seq) VALUES (:id, :case_id, :participant_id, :seq)

-- name: apply_hint_handled
-- CB has looked into it.
UPDATE hint SET handled_seq = :seq WHERE id = :id

-- name: apply_message
-- Talk; the body is this entry's payload.
INSERT INTO message (seq, case_id, participant_id, thread, kind, author_kind, author_id, at)
VALUES (:seq, :case_id, :participant_id, :thread, :kind, :author_kind, :author_id, :at)

-- name: apply_contact_attempt
-- An attempt to reach a developer, with its result.
INSERT INTO contact_attempt (seq, case_id, participant_id, channel, at, result) VALUES (:seq, :case_id, :participant_id, :channel, :at, :result)

-- name: apply_breach
-- CFD-07: a developer published before the agreed date.
INSERT INTO breach (seq, case_id, participant_id, organisation_id, published_at, at)
VALUES (:seq, :case_id, :participant_id, :organisation_id, :published_at, :at)

-- name: apply_disclosure
-- CFD-12: who received which class of information.
INSERT INTO disclosure (seq, case_id, participant_id, recipient, info_class, at)
VALUES (:seq, :case_id, :participant_id, :recipient, :info_class, :at)

-- name: apply_priority_plan
-- PRI-02: a plan, and the consultation about it.
INSERT INTO priority_plan (id, case_id, seq, state, sectors, parts) VALUES (:id, :case_id, :seq, 'PLANNED', :sectors, :parts)

-- name: apply_priority_asked
-- Somebody is consulted.
INSERT INTO priority_answer (plan_id, participant_id) VALUES (:plan_id, :participant_id)

-- name: apply_priority_answered
-- What was answered last counts.
UPDATE priority_answer SET answer = :answer, seq = :seq WHERE plan_id = :plan_id AND participant_id = :participant_id

-- name: apply_priority_finder_told
-- FND-08
UPDATE priority_plan SET finder_told_at = :at WHERE id = :id

-- name: apply_priority_state
-- The plan was dropped, or carried out (P11).
UPDATE priority_plan SET state = :state WHERE id = :id

-- name: apply_provision
-- PRI-08: one recipient.
INSERT INTO provision (id, public_id, plan_id, case_id, organisation_id, sector, parts, seq, at)
VALUES (:id, :public_id, :plan_id, :case_id, :organisation_id, :sector, :parts, :seq, :at)

-- name: apply_provision_seen
-- The recipient has read it.
UPDATE provision SET seen_at = coalesce(seen_at, :at) WHERE id = :id

-- name: apply_provision_received
-- The recipient confirms receipt.
UPDATE provision SET received_at = coalesce(received_at, :at) WHERE id = :id

-- name: apply_analysis
-- INT-14: a third party is asked.
INSERT INTO analysis (id, public_id, case_id, organisation_id, body, parts, seq, at, due)
VALUES (:id, :public_id, :case_id, :organisation_id, :body, :parts, :seq, :at, :n)

-- name: apply_analysis_seen
-- It has read it.
UPDATE analysis SET seen_at = coalesce(seen_at, :at) WHERE id = :id

-- name: apply_analysis_answered
-- Its result.
UPDATE analysis SET answer_seq = :seq, answered_at = :at WHERE id = :id

-- name: apply_analysis_ended
-- It sees nothing from here on.
UPDATE analysis SET ended_at = :at WHERE id = :id

-- name: apply_source
-- P25: where it comes from.
UPDATE product_case SET source = :source WHERE id = :id

-- name: apply_exchange
-- COO-34: a foreign coordinator takes part.
INSERT INTO exchange (id, public_id, case_id, organisation_id, is_origin, opened_seq, opened_at)
VALUES (:id, :public_id, :case_id, :organisation_id, :is_origin, :seq, :at)

-- name: apply_exchange_given
-- What it was given; one that had ended begins anew.
UPDATE exchange SET parts = :parts, given_seq = :seq, given_at = :at, ended_at = NULL WHERE id = :id

-- name: apply_exchange_seen
-- It has read it.
UPDATE exchange SET seen_at = :at WHERE id = :id

-- name: apply_exchange_ended
-- It sees nothing from here on.
UPDATE exchange SET ended_at = :at WHERE id = :id

-- name: apply_exchange_said
-- One side wrote to the other.
INSERT INTO exchange_message (seq, exchange_id, is_from_there, at) VALUES (:seq, :id, :is_from_there, :at)

-- name: apply_room
-- Proposed by the coordinating body.
INSERT INTO room (id, public_id, case_id, seq, opened_at) VALUES (:id, :public_id, :case_id, :seq, :at)

-- name: apply_room_part
-- Where a developer's part stands.
INSERT INTO room_part (room_id, participant_id, state, at) VALUES (:id, :participant_id, :state, :at)
ON CONFLICT (room_id, participant_id) DO UPDATE SET state = excluded.state, at = excluded.at

-- name: apply_room_said
-- A developer or the coordinating body wrote in it.
INSERT INTO room_message (seq, room_id, participant_id, author_id, at) VALUES (:seq, :id, :participant_id, :author_id, :at)

-- name: apply_room_closed
-- Nothing is written in it any more.
UPDATE room SET closed_at = :at WHERE id = :id

-- name: apply_reset_consents
-- The embargo has ended: nobody is bound any more.
UPDATE participant SET pec = 'NO_EMBARGO' WHERE case_id = :case_id

-- name: cache_clear_case
-- Before rebuilding.
DELETE FROM product_case

-- name: cache_clear_report
-- Before rebuilding.
DELETE FROM report

-- name: cache_clear_participant
-- Before rebuilding.
DELETE FROM participant

-- name: cache_clear_date_request
-- Before rebuilding.
DELETE FROM date_request

-- name: cache_clear_hint
-- Before rebuilding.
DELETE FROM hint

-- name: cache_clear_message
-- Before rebuilding.
DELETE FROM message

-- name: cache_clear_contact_attempt
-- Before rebuilding.
DELETE FROM contact_attempt

-- name: cache_clear_breach
-- Before rebuilding.
DELETE FROM breach

-- name: cache_clear_disclosure
-- Before rebuilding.
DELETE FROM disclosure

-- name: cache_clear_priority_plan
-- Before rebuilding.
DELETE FROM priority_plan

-- name: cache_clear_priority_answer
-- Before rebuilding.
DELETE FROM priority_answer

-- name: cache_clear_analysis
-- Before rebuilding.
DELETE FROM analysis

-- name: cache_clear_observation
-- Before rebuilding.
DELETE FROM observation

-- name: cache_clear_inquiry
-- Before rebuilding.
DELETE FROM inquiry

-- name: cache_clear_withdrawal
-- Before rebuilding.
DELETE FROM withdrawal

-- name: apply_belongs
-- Two cases belong together.
INSERT INTO case_belongs (case_id, kind, other_id, state_left, seq, at) VALUES (:id, :kind, :other, :state_left, :seq, :at)

-- name: apply_belongs_no_more
-- Taken out again; what follows it when it was published stays.
DELETE FROM case_belongs WHERE case_id = :id AND kind = 'MERGED'

-- name: apply_date_to_be_set
-- A case that comes back has no date.
UPDATE product_case SET publication_date = NULL, date_basis = '' WHERE id = :id

-- name: apply_earlier_start
-- The clock of two is the earlier.
UPDATE product_case SET first_contact_at = min(first_contact_at, :n) WHERE id = :id

-- name: apply_split_off
-- Clock, date and officers of the case it was part of.
UPDATE product_case SET accepted_at = :accepted_at, handling_started_at = :handling_started_at, first_contact_at = :first_contact_at, publication_date = :n,
       date_basis = :date_basis, rb_officer_id = :rb_officer, cb_officer_id = :cb_officer, source = :source WHERE id = :id

-- name: cache_clear_belongs
-- Before rebuilding.
DELETE FROM case_belongs

-- name: cache_clear_later_date
-- Before rebuilding.
DELETE FROM later_date

-- name: cache_clear_docket
-- Before rebuilding.
DELETE FROM docket

-- name: cache_clear_docket_member
-- Before rebuilding.
DELETE FROM docket_member

-- name: cache_clear_unreachable
-- Before rebuilding.
DELETE FROM unreachable

-- name: cache_clear_exchange
-- Before rebuilding.
DELETE FROM exchange

-- name: cache_clear_exchange_message
-- Before rebuilding.
DELETE FROM exchange_message

-- name: cache_clear_eol
-- Before rebuilding.
DELETE FROM eol

-- name: cache_clear_unreachable_answer
-- Before rebuilding.
DELETE FROM unreachable_answer

-- name: cache_clear_provision
-- Before rebuilding.
DELETE FROM provision

-- name: cache_clear_room
-- Before rebuilding.
DELETE FROM room

-- name: cache_clear_room_part
-- Before rebuilding.
DELETE FROM room_part

-- name: cache_clear_room_message
-- Before rebuilding.
DELETE FROM room_message

-- name: cache_dump
-- Every cached row as one line of text, in an order that never changes, to compare what is with what the ledger says.
SELECT line FROM (
    SELECT 1 AS t, id AS a, 0 AS b, '' AS d, 'product_case ' || id || ' ' || state || ' ' || origin || ' ' || source || ' ' || legal_basis || ' ' || coalesce(title_seq, '-') || ' ' ||
        coalesce(summary_seq, '-') || ' ' || submitted_at || ' ' || coalesce(reviewed_at, '-') || ' ' || coalesce(accepted_at, '-') || ' ' ||
        coalesce(handling_started_at, '-') || ' ' || coalesce(first_contact_at, '-') || ' ' || coalesce(publication_date, '-') || ' ' || date_basis || ' ' ||
        date_changes || ' ' || coalesce(published_at, '-') || ' ' || coalesce(closed_at, '-') || ' ' || close_code || ' ' || impact_range || ' ' ||
        coalesce(impact_score, '-') || ' ' || impact_grade || ' ' || coalesce(rb_officer_id, '-') || ' ' || coalesce(cb_officer_id, '-') || ' ' || rb_rm || ' ' ||
        cb_rm || ' ' || em || ' ' || pxa || ' ' || category || ' ' || changed_at || ' ' || version AS line FROM product_case
    UNION ALL
    SELECT 2, id, 0, '', 'report ' || id || ' ' || case_id || ' ' || submitted_at || ' ' || submitted_seq || ' ' || lang || ' ' || channel || ' ' || consent_developer || ' ' ||
        consent_coordinator || ' ' || consent_direct || ' ' || consent_credit || ' ' || intends_to_publish || ' ' || coalesce(planned_publication_at, '-') || ' ' || is_iot FROM report
    UNION ALL
    SELECT 3, id, 0, '', 'participant ' || id || ' ' || public_id || ' ' || case_id || ' ' || organisation_id || ' ' || alias || ' ' || state || ' ' || contact || ' ' || level || ' ' ||
        rm || ' ' || pec || ' ' || vfd || ' ' || coalesce(summary_at, '-') || ' ' || coalesce(seen_at, '-') || ' ' || coalesce(warning_acknowledged_at, '-') || ' ' ||
        coalesce(detail_requested_at, '-') || ' ' || coalesce(detail_at, '-') || ' ' || coalesce(verified_at, '-') || ' ' || coalesce(status_at, '-') || ' ' || affected || ' ' ||
        novelty || ' ' || countermeasure || ' ' || name_consent || ' ' || coalesce(result_seq, '-') || ' ' || coalesce(status_seq, '-') || ' ' || coalesce(answer_due, '-') || ' ' ||
        resume_state || ' ' || reminders || ' ' || coalesce(reminded_at, '-') || ' ' || is_removed || ' ' || last_move_at || ' ' || version FROM participant
    UNION ALL
    SELECT 4, id, 0, '', 'date_request ' || id || ' ' || case_id || ' ' || participant_id || ' ' || proposed || ' ' || seq || ' ' || state || ' ' || coalesce(decided_seq, '-') FROM date_request
    UNION ALL
    SELECT 5, id, 0, '', 'hint ' || id || ' ' || case_id || ' ' || participant_id || ' ' || seq || ' ' || coalesce(handled_seq, '-') FROM hint
    UNION ALL
    SELECT 6, seq, 0, '', 'message ' || seq || ' ' || case_id || ' ' || coalesce(participant_id, '-') || ' ' || thread || ' ' || kind || ' ' || author_kind || ' ' || coalesce(author_id, '-') || ' ' || at FROM message
    UNION ALL
    SELECT 7, seq, 0, '', 'contact_attempt ' || seq || ' ' || case_id || ' ' || participant_id || ' ' || channel || ' ' || at || ' ' || result FROM contact_attempt
    UNION ALL
    SELECT 8, seq, 0, recipient || info_class, 'disclosure ' || seq || ' ' || case_id || ' ' || coalesce(participant_id, '-') || ' ' || recipient || ' ' || info_class || ' ' || at FROM disclosure
    UNION ALL
    SELECT 10, id, 0, '', 'website_case ' || id || ' ' || state || ' ' || legal_basis || ' ' || coalesce(title_seq, '-') || ' ' || submitted_at || ' ' ||
        coalesce(accepted_at, '-') || ' ' || operator_kind || ' ' || coalesce(stage1_at, '-') || ' ' || coalesce(stage1_seq, '-') || ' ' || coalesce(contact_seq, '-') || ' ' ||
        coalesce(stage2_at, '-') || ' ' || encryption || ' ' || coalesce(encryption_seq, '-') || ' ' || coalesce(stage3_at, '-') || ' ' || coalesce(stage3_seq, '-') || ' ' ||
        handling_number || ' ' || coalesce(received_at, '-') || ' ' || result || ' ' || coalesce(result_at, '-') || ' ' || coalesce(result_seq, '-') || ' ' ||
        coalesce(estimate, '-') || ' ' || coalesce(estimate_seq, '-') || ' ' || coalesce(fixed_at, '-') || ' ' || fix_kind || ' ' || coalesce(fix_seq, '-') || ' ' ||
        coalesce(long_pending_at, '-') || ' ' || coalesce(direct_wished_at, '-') || ' ' || coalesce(direct_agreed_at, '-') || ' ' || coalesce(direct_agreed_seq, '-') || ' ' ||
        coalesce(direct_at, '-') || ' ' || ordinance || ' ' || coalesce(ordinance_seq, '-') || ' ' || coalesce(closed_at, '-') || ' ' || close_code || ' ' || impact_range || ' ' ||
        coalesce(impact_score, '-') || ' ' || impact_grade || ' ' || coalesce(rb_officer_id, '-') || ' ' || changed_at || ' ' || version FROM website_case
    UNION ALL
    SELECT 9, seq, 0, '', 'breach ' || seq || ' ' || case_id || ' ' || participant_id || ' ' || organisation_id || ' ' || published_at || ' ' || at FROM breach
    UNION ALL
    SELECT 10, id, 0, '', 'priority_plan ' || id || ' ' || case_id || ' ' || seq || ' ' || state || ' ' || sectors || ' ' || parts || ' ' || coalesce(finder_told_at, '-') FROM priority_plan
    UNION ALL
    SELECT 11, plan_id, participant_id, '', 'priority_answer ' || plan_id || ' ' || participant_id || ' ' || answer || ' ' || coalesce(seq, '-') FROM priority_answer
    UNION ALL
    SELECT 12, id, 0, '', 'provision ' || id || ' ' || public_id || ' ' || plan_id || ' ' || case_id || ' ' || organisation_id || ' ' || sector || ' ' || parts || ' ' || seq || ' ' || at || ' ' ||
        coalesce(seen_at, '-') || ' ' || coalesce(received_at, '-') FROM provision
    UNION ALL
    SELECT 13, id, 0, '', 'analysis ' || id || ' ' || public_id || ' ' || case_id || ' ' || organisation_id || ' ' || body || ' ' || parts || ' ' || seq || ' ' || at || ' ' || due || ' ' ||
        coalesce(seen_at, '-') || ' ' || coalesce(answer_seq, '-') || ' ' || coalesce(answered_at, '-') || ' ' || coalesce(ended_at, '-') FROM analysis
    UNION ALL
    SELECT 14, id, 0, '', 'unreachable ' || id || ' ' || case_id || ' ' || participant_id || ' ' || state || ' ' || number || ' ' || coalesce(proposed_by, '-') || ' ' || proposed_seq || ' ' ||
        coalesce(confirmed_at, '-') || ' ' || coalesce(listed_at, '-') || ' ' || coalesce(listed_seq, '-') || ' ' || coalesce(product_at, '-') || ' ' || coalesce(product_seq, '-') || ' ' ||
        coalesce(deadline, '-') || ' ' || coalesce(resumed_at, '-') FROM unreachable
    UNION ALL
    SELECT 15, id, 0, '', 'exchange ' || id || ' ' || public_id || ' ' || case_id || ' ' || organisation_id || ' ' || is_origin || ' ' || parts || ' ' || opened_seq || ' ' || opened_at || ' ' ||
        coalesce(given_seq, '-') || ' ' || coalesce(given_at, '-') || ' ' || coalesce(seen_at, '-') || ' ' || coalesce(ended_at, '-') FROM exchange
    UNION ALL
    SELECT 16, seq, 0, '', 'exchange_message ' || seq || ' ' || exchange_id || ' ' || is_from_there || ' ' || at FROM exchange_message
    UNION ALL
    SELECT 17, seq, 0, '', 'unreachable_answer ' || seq || ' ' || unreachable_id || ' ' || case_id || ' ' || at FROM unreachable_answer
    UNION ALL
    SELECT 18, id, 0, '', 'observation ' || id || ' ' || case_id || ' ' || kind || ' ' || state || ' ' || coalesce(claimed_by, '-') || ' ' || coalesce(participant_id, '-') || ' ' || seen_at || ' ' ||
        seq || ' ' || coalesce(adopted_at, '-') || ' ' || coalesce(adopted_seq, '-') || ' ' || decision || ' ' || coalesce(decided_at, '-') || ' ' || coalesce(decided_seq, '-') FROM observation
    UNION ALL
    SELECT 19, case_id, 0, '', 'eol ' || case_id || ' ' || seq || ' ' || at || ' ' || declared_at || ' ' || ends_at || ' ' || ci_use || ' ' || small_impact || ' ' || advice FROM eol
) ORDER BY t, a, b, d

-- name: cache_dump_more
-- The same for the caches that one statement has no room for.
SELECT line FROM (
    SELECT 1 AS t, case_id AS a, '' AS d, 'later_date ' || case_id || ' ' || seq || ' ' || proposed || ' ' || proposed_by AS line FROM later_date
    UNION ALL
    SELECT 2, case_id, kind, 'case_belongs ' || case_id || ' ' || kind || ' ' || other_id || ' ' || state_left || ' ' || seq || ' ' || at FROM case_belongs
    UNION ALL
    SELECT 3, case_id, '', 'withdrawal ' || case_id || ' ' || state || ' ' || requested_at || ' ' || requested_seq || ' ' || coalesce(decided_at, '-') || ' ' ||
        coalesce(decided_seq, '-') FROM withdrawal
    UNION ALL
    SELECT 4, id, '', 'inquiry ' || id || ' ' || case_id || ' ' || state || ' ' || identity || ' ' || at || ' ' || seq || ' ' || coalesce(consulted_at, '-') || ' ' ||
        coalesce(consulted_seq, '-') || ' ' || coalesce(advised_at, '-') || ' ' || coalesce(advised_seq, '-') || ' ' || coalesce(answered_seq, '-') FROM inquiry
    UNION ALL
    SELECT 5, id, '', 'room ' || id || ' ' || public_id || ' ' || case_id || ' ' || seq || ' ' || opened_at || ' ' || coalesce(closed_at, '-') FROM room
    UNION ALL
    SELECT 6, room_id, printf('%012d', participant_id), 'room_part ' || room_id || ' ' || participant_id || ' ' || state || ' ' || at FROM room_part
    UNION ALL
    SELECT 7, seq, '', 'room_message ' || seq || ' ' || room_id || ' ' || coalesce(participant_id, '-') || ' ' || author_id || ' ' || at FROM room_message
) ORDER BY t, a, d

-- name: cache_dump_docket
-- The same of what is before the committee.
SELECT line FROM (
    SELECT id AS a, 0 AS b, 'docket ' || id || ' ' || case_id || ' ' || participant_id || ' ' || cause || ' ' || state || ' ' || proposed_at || ' ' || proposed_seq || ' ' ||
        coalesce(checked_at, '-') || ' ' || coalesce(checked_seq, '-') || ' ' || criteria || ' ' || bundle_hash || ' ' || coalesce(notice_at, '-') || ' ' || coalesce(notice_seq, '-') || ' ' ||
        coalesce(hearing_until, '-') || ' ' || coalesce(heard_at, '-') || ' ' || coalesce(opinion_seq, '-') || ' ' || coalesce(meeting_at, '-') || ' ' || coalesce(deliberated_at, '-') || ' ' ||
        coalesce(minutes_seq, '-') || ' ' || coalesce(decided_at, '-') || ' ' || coalesce(decided_seq, '-') || ' ' || coalesce(ordered_at, '-') || ' ' || coalesce(ordered_seq, '-') || ' ' ||
        coalesce(view_seq, '-') || ' ' || coalesce(executed_at, '-') || ' ' || coalesce(ended_at, '-') AS line FROM docket
    UNION ALL
    SELECT docket_id, account_id, 'docket_member ' || docket_id || ' ' || account_id || ' ' || is_recused || ' ' || vote || ' ' || coalesce(at, '-') || ' ' || coalesce(seq, '-') FROM docket_member
) ORDER BY a, b
