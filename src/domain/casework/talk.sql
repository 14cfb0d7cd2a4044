-- name: talk_of_thread
-- What was said in one thread, oldest first.
SELECT m.seq, m.kind, m.at, m.author_kind, m.author_id, a.name, o.name_ja,
       coalesce((SELECT r.seq FROM message_read r WHERE r.account_id = :account_id AND r.case_id = m.case_id AND r.thread = m.thread
                 AND r.participant_id = coalesce(m.participant_id, 0)), 0) AS read_to
FROM message m LEFT JOIN account a ON m.author_kind = 'ACCOUNT' AND a.id = m.author_id LEFT JOIN organisation o ON o.id = a.organisation_id
WHERE m.case_id = :case_id AND m.thread = :thread AND coalesce(m.participant_id, 0) = :participant_id
ORDER BY m.seq

-- name: talk_mark_read
-- How far this person has read in a thread.
INSERT INTO message_read (account_id, case_id, thread, participant_id, seq)
SELECT :account_id, :case_id, :thread, :participant_id, coalesce(max(seq), 0) FROM message
WHERE case_id = :case_id AND thread = :thread AND coalesce(participant_id, 0) = :participant_id
ON CONFLICT (account_id, case_id, thread, participant_id) DO UPDATE SET seq = excluded.seq
