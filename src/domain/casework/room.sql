-- name: room_next
-- The next one's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM room

-- name: rooms
-- Rooms of a case as one reader has them; own: its part in the case, 0 for the coordinating body.
SELECT r.id, r.public_id, r.seq, r.opened_at, r.closed_at, p.state,
       (SELECT count(*) FROM room_part o JOIN participant d ON d.id = o.participant_id WHERE o.room_id = r.id AND d.is_removed = 0) AS asked,
       (SELECT count(*) FROM room_part o JOIN participant d ON d.id = o.participant_id WHERE o.room_id = r.id AND d.is_removed = 0 AND o.state = 'AGREED') AS agreed,
       (SELECT count(*) FROM room_message m WHERE m.room_id = r.id) AS messages,
       (SELECT count(*) FROM room_message m WHERE m.room_id = r.id AND m.author_id <> :account_id
        AND m.seq > coalesce((SELECT b.seq FROM room_read b WHERE b.account_id = :account_id AND b.room_id = r.id), 0)) AS unread
FROM room r LEFT JOIN room_part p ON p.room_id = r.id AND p.participant_id = :own
WHERE r.case_id = :case_id AND (:own = 0 OR p.state IS NOT NULL)
--? public_id: AND r.public_id = :public_id
ORDER BY r.id

-- name: room_parts
-- Who was asked and is in the case still, in the order of the case.
SELECT d.id, d.public_id, d.organisation_id, o.name_ja, o.name_en, p.state, p.at
FROM room_part p JOIN participant d ON d.id = p.participant_id JOIN organisation o ON o.id = d.organisation_id
WHERE p.room_id = :room_id AND d.is_removed = 0
--? state: AND p.state = :state
ORDER BY d.id

-- name: room_messages
-- What was said, newest first.
SELECT m.seq, m.at, m.participant_id, m.author_id, s.sealed, a.name, a.organisation_id, o.name_ja, o.name_en
FROM room_message m LEFT JOIN ledger_payload s ON s.seq = m.seq LEFT JOIN account a ON a.id = m.author_id
LEFT JOIN participant d ON d.id = m.participant_id LEFT JOIN organisation o ON o.id = d.organisation_id
WHERE m.room_id = :room_id
--? before: AND m.seq < :before
ORDER BY m.seq DESC LIMIT :limit

-- name: room_older
-- How much was said before a message.
SELECT count(*) AS n FROM room_message WHERE room_id = :room_id AND seq < :before

-- name: room_mark_read
-- How far this person has read.
INSERT INTO room_read (account_id, room_id, seq)
SELECT :account_id, :room_id, coalesce(max(seq), 0) FROM room_message WHERE room_id = :room_id
ON CONFLICT (account_id, room_id) DO UPDATE SET seq = excluded.seq
