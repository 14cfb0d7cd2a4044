-- name: case_by_public_id
-- One case by its name in URLs.
SELECT c.id, k.public_id, k.number, c.state, c.origin, c.source, c.legal_basis, c.title_seq, c.summary_seq, c.submitted_at, c.reviewed_at,
       c.accepted_at, c.handling_started_at, c.first_contact_at, c.publication_date, c.date_basis, c.date_changes, c.published_at,
       c.closed_at, c.close_code, c.impact_range, c.impact_score, c.impact_grade, c.rb_officer_id, c.cb_officer_id, c.em, c.pxa,
       c.category, c.changed_at, c.version, (SELECT min(r.id) FROM report r JOIN report_access x ON x.report_id = r.id WHERE r.case_id = c.id) AS report_id
FROM product_case c JOIN case_key k ON k.case_id = c.id WHERE k.public_id = :public_id

-- name: case_by_id
-- One case by its internal number.
SELECT c.id, k.public_id, k.number, c.state, c.origin, c.source, c.legal_basis, c.title_seq, c.summary_seq, c.submitted_at, c.reviewed_at,
       c.accepted_at, c.handling_started_at, c.first_contact_at, c.publication_date, c.date_basis, c.date_changes, c.published_at,
       c.closed_at, c.close_code, c.impact_range, c.impact_score, c.impact_grade, c.rb_officer_id, c.cb_officer_id, c.em, c.pxa,
       c.category, c.changed_at, c.version, (SELECT min(r.id) FROM report r JOIN report_access x ON x.report_id = r.id WHERE r.case_id = c.id) AS report_id
FROM product_case c JOIN case_key k ON k.case_id = c.id WHERE c.id = :id

-- name: case_any
-- What a case of either kind is called.
SELECT public_id, number FROM case_key WHERE case_id = :id

-- name: developers_of_case
-- The developers in a case, as added.
SELECT p.id, p.public_id, p.case_id, p.organisation_id, p.alias, p.state, p.contact, p.level, p.rm, p.pec, p.vfd, p.summary_at, p.seen_at,
       p.warning_acknowledged_at, p.detail_requested_at, p.detail_at, p.verified_at, p.status_at, p.affected, p.novelty, p.countermeasure,
       p.name_consent, p.result_seq, p.status_seq, p.answer_due, p.reminders, p.reminded_at, p.is_removed, p.last_move_at, p.version, p.resume_state,
       o.name_ja, o.name_en, o.public_id AS organisation_public_id, o.state AS organisation_state
FROM participant p JOIN organisation o ON o.id = p.organisation_id WHERE p.case_id = :case_id AND p.is_removed = 0 ORDER BY p.id

-- name: developer_by_public_id
-- One developer in a case.
SELECT p.id, p.public_id, p.case_id, p.organisation_id, p.alias, p.state, p.contact, p.level, p.rm, p.pec, p.vfd, p.summary_at, p.seen_at,
       p.warning_acknowledged_at, p.detail_requested_at, p.detail_at, p.verified_at, p.status_at, p.affected, p.novelty, p.countermeasure,
       p.name_consent, p.result_seq, p.status_seq, p.answer_due, p.reminders, p.reminded_at, p.is_removed, p.last_move_at, p.version, p.resume_state,
       o.name_ja, o.name_en, o.public_id AS organisation_public_id, o.state AS organisation_state
FROM participant p JOIN organisation o ON o.id = p.organisation_id WHERE p.public_id = :public_id AND p.is_removed = 0

-- name: developer_of_organisation
-- An organisation's own part in a case, if it has one.
SELECT p.id, p.public_id, p.case_id, p.organisation_id, p.alias, p.state, p.contact, p.level, p.rm, p.pec, p.vfd, p.summary_at, p.seen_at,
       p.warning_acknowledged_at, p.detail_requested_at, p.detail_at, p.verified_at, p.status_at, p.affected, p.novelty, p.countermeasure,
       p.name_consent, p.result_seq, p.status_seq, p.answer_due, p.reminders, p.reminded_at, p.is_removed, p.last_move_at, p.version, p.resume_state,
       o.name_ja, o.name_en, o.public_id AS organisation_public_id, o.state AS organisation_state
FROM participant p JOIN organisation o ON o.id = p.organisation_id
WHERE p.case_id = :case_id AND p.organisation_id = :organisation_id AND p.is_removed = 0

-- name: case_is_going_out
-- Its advisory is on the way to the public world: begun, and not yet known to be there.
SELECT count(*) AS n FROM publication p JOIN advisory a ON a.id = p.advisory_id WHERE a.case_id = :id AND p.state = 'PUBLISHING'
