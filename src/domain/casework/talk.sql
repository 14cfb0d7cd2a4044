-- name: talk_of_thread
-- What was said in one thread, newest first.
SELECT m.seq, m.kind, m.at, p.sealed, m.author_kind, m.author_id, a.name, a.organisation_id, o.name_ja,
       coalesce((SELECT r.seq FROM message_read r WHERE r.account_id = :account_id AND r.case_id = m.case_id AND r.thread = m.thread
                 AND r.participant_id = coalesce(m.participant_id, 0)), 0) AS read_to
FROM message m LEFT JOIN ledger_payload p ON p.seq = m.seq LEFT JOIN account a ON m.author_kind = 'ACCOUNT' AND a.id = m.author_id LEFT JOIN organisation o ON o.id = a.organisation_id
WHERE m.case_id = :case_id AND m.thread = :thread AND coalesce(m.participant_id, 0) = :participant_id
--? before: AND m.seq < :before
ORDER BY m.seq DESC LIMIT :limit

-- name: talk_count
-- How much was said in one thread before a message.
SELECT count(*) AS n FROM message
WHERE case_id = :case_id AND thread = :thread AND coalesce(participant_id, 0) = :participant_id AND seq < :before

-- name: talk_unread
-- What each developer wrote to the coordinating body that this person has not read.
SELECT m.participant_id, count(*) AS n FROM message m
WHERE m.case_id = :case_id AND m.thread = 'PARTICIPANT' AND NOT (m.author_kind = 'ACCOUNT' AND m.author_id = :account_id)
  AND m.seq > coalesce((SELECT r.seq FROM message_read r WHERE r.account_id = :account_id AND r.case_id = m.case_id AND r.thread = m.thread
                        AND r.participant_id = m.participant_id), 0)
GROUP BY m.participant_id

-- name: talk_search
-- Everything that this reader may read in a case, newest first.
SELECT m.seq, m.thread, m.participant_id, m.at, p.sealed, o.name_ja, o.name_en, d.public_id AS developer
FROM message m JOIN ledger_payload p ON p.seq = m.seq
LEFT JOIN participant d ON d.id = m.participant_id LEFT JOIN organisation o ON o.id = d.organisation_id
WHERE m.case_id = :case_id
  AND ((m.thread = 'FINDER' AND :is_rb = 1) OR (m.thread = 'BODIES' AND :is_body = 1) OR (m.thread = 'PARTICIPANT' AND :is_cb = 1)
       OR (m.thread IN ('PARTICIPANT', 'STAFF_PD') AND m.participant_id = :own)
       OR (m.thread IN ('STAFF_RB', 'OPERATOR', 'DIRECT') AND :is_rb = 1) OR (m.thread = 'STAFF_CB' AND :is_cb = 1))
UNION ALL
SELECT m.seq, 'ROOM', NULL, m.at, p.sealed, NULL, NULL, r.public_id
FROM room r JOIN room_message m ON m.room_id = r.id JOIN ledger_payload p ON p.seq = m.seq
WHERE r.case_id = :case_id
  AND (:is_cb = 1 OR EXISTS (SELECT 1 FROM room_part o WHERE o.room_id = r.id AND o.participant_id = :own AND o.state = 'AGREED'))
ORDER BY 1 DESC

-- name: talk_mark_read
-- How far this person has read in a thread.
INSERT INTO message_read (account_id, case_id, thread, participant_id, seq)
SELECT :account_id, :case_id, :thread, :participant_id, coalesce(max(seq), 0) FROM message
WHERE case_id = :case_id AND thread = :thread AND coalesce(participant_id, 0) = :participant_id
ON CONFLICT (account_id, case_id, thread, participant_id) DO UPDATE SET seq = excluded.seq
