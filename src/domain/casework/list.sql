-- name: list_bodies
-- Cases for an officer; the coordinating body sees only what was forwarded (or is past it), and no website's.
SELECT c.is_website, c.id, k.public_id, k.number, c.state, c.title_seq, c.submitted_at, c.accepted_at, c.handling_started_at, c.first_contact_at,
       c.publication_date, c.changed_at, c.impact_grade, c.impact_score, c.category, a1.name AS rb_officer, a2.name AS cb_officer,
       (SELECT count(*) FROM participant p WHERE p.case_id = c.id AND p.is_removed = 0) AS developers,
       (SELECT count(*) FROM participant p WHERE p.case_id = c.id AND p.is_removed = 0 AND p.verified_at IS NOT NULL) AS verified,
       '' AS own_state, NULL AS own_due,
       CASE WHEN :is_rb = 1 THEN (SELECT group_concat(x.receipt, ' ') FROM report r JOIN report_access x ON x.report_id = r.id WHERE r.case_id = c.id) ELSE '' END AS receipts
FROM (SELECT 0 AS is_website, id, state, title_seq, submitted_at, accepted_at, handling_started_at, first_contact_at, publication_date, changed_at, impact_grade,
             impact_score, category, rb_officer_id, cb_officer_id, origin FROM product_case
      UNION ALL
      SELECT 1, id, state, title_seq, submitted_at, accepted_at, NULL, NULL, NULL, changed_at, impact_grade, impact_score, '', rb_officer_id, NULL, 'DOMESTIC'
      FROM website_case) c
JOIN case_key k ON k.case_id = c.id LEFT JOIN account a1 ON a1.id = c.rb_officer_id LEFT JOIN account a2 ON a2.id = c.cb_officer_id
WHERE (:is_rb = 1 OR (c.is_website = 0 AND c.state NOT IN ('SUBMITTED', 'UNDER_REVIEW', 'ACCEPTED', 'REJECTED') AND (c.state <> 'STOPPED' OR c.handling_started_at IS NOT NULL OR c.origin = 'SELF')))
--? state: AND c.state = :state
--? website: AND c.is_website = :website
--? group_open: AND c.state NOT IN ('REJECTED', 'STOPPED', 'PUBLISHED', 'CANCELLED_KNOWN', 'CLOSED_NOT_VULN', 'CLOSED_INDIVIDUAL', 'CLOSED_EOL_A', 'MERGED', 'CLOSED', 'UNHANDLEABLE', 'CLOSED_ALERT') AND :group_open = 1
--? group_closed: AND c.state IN ('REJECTED', 'STOPPED', 'PUBLISHED', 'CANCELLED_KNOWN', 'CLOSED_NOT_VULN', 'CLOSED_INDIVIDUAL', 'CLOSED_EOL_A', 'MERGED', 'CLOSED', 'UNHANDLEABLE', 'CLOSED_ALERT') AND :group_closed = 1
--? group_waiting: AND c.id IN (SELECT case_id FROM withdrawal WHERE state = 'REQUESTED' UNION ALL SELECT case_id FROM inquiry WHERE state <> 'ANSWERED') AND :group_waiting = 1
--? mine: AND EXISTS (SELECT 1 FROM (SELECT :mine AS id UNION ALL SELECT b.account_id FROM absence b WHERE b.deputy_id = :mine AND b.ended_at IS NULL AND b.from_at <= :now AND b.until_at > :now) m WHERE m.id IN (c.rb_officer_id, c.cb_officer_id))
ORDER BY CASE :sort WHEN 1 THEN c.submitted_at WHEN 2 THEN CASE c.impact_grade WHEN 'PRIORITY' THEN 0 WHEN 'NORMAL' THEN 1 WHEN 'SIMPLE' THEN 2 ELSE 1 END
         WHEN 3 THEN coalesce(c.publication_date, 9223372036854775807) ELSE -c.changed_at END, c.id DESC

-- name: list_developer
-- Cases of a developer that was sent something.
SELECT 0 AS is_website, c.id, k.public_id, k.number, c.state, c.title_seq, c.submitted_at, c.accepted_at, c.handling_started_at, c.first_contact_at,
       c.publication_date, c.changed_at, '' AS impact_grade, NULL AS impact_score, '' AS category, '' AS rb_officer, '' AS cb_officer,
       0 AS developers, 0 AS verified, p.state AS own_state, p.answer_due AS own_due, '' AS receipts
FROM participant p JOIN product_case c ON c.id = p.case_id JOIN case_key k ON k.case_id = c.id
WHERE p.organisation_id = :organisation_id AND p.is_removed = 0 AND p.summary_at IS NOT NULL
  AND (c.state NOT IN ('REJECTED', 'STOPPED', 'CANCELLED_KNOWN', 'CLOSED_NOT_VULN', 'CLOSED_INDIVIDUAL', 'CLOSED_EOL_A', 'MERGED') OR p.detail_at IS NOT NULL)
--? group_open: AND c.state NOT IN ('PUBLISHED', 'MERGED') AND c.closed_at IS NULL AND :group_open = 1
--? group_closed: AND (c.state IN ('PUBLISHED', 'MERGED') OR c.closed_at IS NOT NULL) AND :group_closed = 1
--? after: AND c.id < (SELECT b.case_id FROM case_key b WHERE b.public_id = :after)
ORDER BY CASE :sort WHEN 3 THEN coalesce(c.publication_date, 9223372036854775807) WHEN 4 THEN 0 ELSE coalesce(p.answer_due, 9223372036854775806 - p.last_move_at) END, c.id DESC

-- name: list_changes
-- What happened in cases of a developer that was sent something, in the order in which it happened: its own part, and what concerns the whole case.
SELECT e.seq, e.at, e.kind, e.participant_id, p.id AS own_id, k.public_id
FROM participant p JOIN product_case c ON c.id = p.case_id JOIN case_key k ON k.case_id = c.id JOIN ledger e ON e.case_id = c.id AND e.seq > :since
WHERE p.organisation_id = :organisation_id AND p.is_removed = 0 AND p.summary_at IS NOT NULL AND (e.participant_id = p.id OR e.participant_id IS NULL)
  AND (c.state NOT IN ('REJECTED', 'STOPPED', 'CANCELLED_KNOWN', 'CLOSED_NOT_VULN', 'CLOSED_INDIVIDUAL', 'CLOSED_EOL_A', 'MERGED') OR p.detail_at IS NOT NULL)
ORDER BY e.seq

-- name: list_unread
-- Messages in a case that this person has not read, in threads of its roles and rooms it is in.
SELECT count(*) + (SELECT count(*) FROM room r JOIN room_message w ON w.room_id = r.id
    WHERE r.case_id = :case_id AND w.author_id <> :account_id
      AND (:is_cb = 1 OR (:is_developer = 1 AND EXISTS (SELECT 1 FROM room_part o JOIN participant p ON p.id = o.participant_id
           WHERE o.room_id = r.id AND o.state = 'AGREED' AND p.organisation_id = :organisation_id AND p.is_removed = 0)))
      AND w.seq > coalesce((SELECT b.seq FROM room_read b WHERE b.account_id = :account_id AND b.room_id = r.id), 0)) AS n FROM message m
WHERE m.case_id = :case_id AND NOT (m.author_kind = 'ACCOUNT' AND m.author_id = :account_id)
  AND ((m.thread = 'FINDER' AND :is_rb = 1) OR (m.thread = 'BODIES' AND :is_body = 1) OR (m.thread = 'PARTICIPANT' AND :is_cb = 1)
       OR (m.thread IN ('PARTICIPANT', 'STAFF_PD') AND m.participant_id IN (SELECT p.id FROM participant p WHERE p.organisation_id = :organisation_id AND :is_developer = 1))
       OR (m.thread IN ('STAFF_RB', 'OPERATOR', 'DIRECT') AND :is_rb = 1) OR (m.thread = 'STAFF_CB' AND :is_cb = 1))
  AND m.seq > coalesce((SELECT r.seq FROM message_read r WHERE r.account_id = :account_id AND r.case_id = m.case_id AND r.thread = m.thread
                        AND r.participant_id = coalesce(m.participant_id, 0)), 0)

-- name: list_titles
-- Every other case's product words, to find those about the same; the coordinating body's list has what was forwarded.
SELECT c.id, k.public_id, k.number, c.state, c.title_seq, c.submitted_at FROM product_case c JOIN case_key k ON k.case_id = c.id
WHERE c.id <> :id AND (:is_rb = 1 OR (c.state NOT IN ('SUBMITTED', 'UNDER_REVIEW', 'ACCEPTED', 'REJECTED') AND (c.state <> 'STOPPED' OR c.handling_started_at IS NOT NULL OR c.origin = 'SELF')))

-- name: tasks_website
-- Where a website's case waits.
SELECT contact_seq, encryption, stage1_at, stage2_at, stage3_at, result, estimate, fixed_at, direct_agreed_at, direct_at FROM website_case WHERE id = :id

-- name: tasks_participants
-- Developers whose answer is waited for, or who wait for us.
SELECT p.id, p.case_id, p.state, p.answer_due, p.detail_requested_at, o.name_ja, o.name_en
FROM participant p JOIN organisation o ON o.id = p.organisation_id JOIN product_case c ON c.id = p.case_id
WHERE p.case_id = :case_id AND p.is_removed = 0

-- name: tasks_open_wishes
-- Wishes that wait for an answer.
SELECT count(*) AS n FROM date_request WHERE case_id = :case_id AND state = 'OPEN'

-- name: tasks_open_hints
-- Hints nobody has looked into.
SELECT count(*) AS n FROM hint WHERE case_id = :case_id AND handled_seq IS NULL

-- name: tasks_docket
-- Where a case is before the committee: the newest.
SELECT d.state, d.proposed_at, d.hearing_until, d.meeting_at, p.organisation_id FROM docket d JOIN participant p ON p.id = d.participant_id
WHERE d.case_id = :case_id ORDER BY d.id DESC LIMIT 1

-- name: tasks_advisory
-- Where the advisory of a case stands.
SELECT state, author_id, public_id FROM advisory WHERE case_id = :case_id
