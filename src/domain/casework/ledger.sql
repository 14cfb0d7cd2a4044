-- name: ledger_last
-- The end of the chain, to which the next entry is tied.
SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1

-- name: ledger_add
-- One entry; the number is given by us so that a gap can be seen.
INSERT INTO ledger (seq, at, kind, case_id, participant_id, actor_kind, actor_id, from_state, to_state, code, n, ref, rule, carries,
                    facts, payload_hash, prev, hash)
VALUES (:seq, :at, :kind, :case_id, :participant_id, :actor_kind, :actor_id, :from_state, :to_state, :code, :n, :ref, :rule, :carries,
        :facts, :payload_hash, :prev, :hash)

-- name: ledger_add_payload
-- The sealed part of an entry, beside it, so that it can be destroyed while the chain still verifies.
INSERT INTO ledger_payload (seq, salt, sealed) VALUES (:seq, :salt, :sealed)

-- name: ledger_payload_of
-- What an entry keeps sealed.
SELECT salt, sealed FROM ledger_payload WHERE seq = :seq

-- name: ledger_of_case
-- A case's entries in order.
SELECT seq, at, kind, case_id, participant_id, actor_kind, actor_id, from_state, to_state, code, n, ref, rule, carries, facts,
       payload_hash, prev, hash
FROM ledger WHERE case_id = :case_id AND seq > :after ORDER BY seq LIMIT :limit

-- name: ledger_latest
-- A case's newest entries, perhaps those about one participant.
SELECT seq, at, kind, case_id, participant_id, actor_kind, actor_id, from_state, to_state, code, n, ref, rule, carries, facts,
       payload_hash, prev, hash
FROM ledger WHERE case_id = :case_id
--? participant_id: AND participant_id = :participant_id
--? before: AND seq < :before
ORDER BY seq DESC LIMIT :limit

-- name: ledger_all
-- The whole chain, a piece at a time.
SELECT seq, at, kind, case_id, participant_id, actor_kind, actor_id, from_state, to_state, code, n, ref, rule, carries, facts,
       payload_hash, prev, hash
FROM ledger WHERE seq > :after ORDER BY seq LIMIT :limit

-- name: ledger_list
-- The newest first, with the case's number; for auditors.
SELECT l.seq, l.at, l.kind, l.case_id, l.participant_id, l.actor_kind, l.actor_id, l.from_state, l.to_state, l.code, l.n, l.ref, l.rule, l.carries,
       l.facts, l.payload_hash, lower(hex(l.hash)) AS hash_hex, coalesce(k.number, '') AS number
FROM ledger l LEFT JOIN case_key k ON k.case_id = l.case_id
WHERE 1 = 1
--? number: AND k.number = :number
ORDER BY l.seq DESC LIMIT :limit OFFSET :offset

-- name: case_key_next
-- The next case's internal number.
SELECT coalesce(max(case_id), 0) + 1 AS id FROM case_key

-- name: case_key_add
-- A case's name, number and wrapped key.
INSERT INTO case_key (case_id, public_id, number, wrapped) VALUES (:case_id, :public_id, :number, :wrapped)

-- name: case_key_of
-- The wrapped key of a case; NULL when it was destroyed.
SELECT wrapped FROM case_key WHERE case_id = :case_id

-- name: case_key_forget
-- Destroys the key: what was sealed under it is gone.
UPDATE case_key SET wrapped = NULL WHERE case_id = :case_id

-- name: case_prints_forget
-- What identified its report goes with it.
DELETE FROM fingerprint WHERE case_id = :case_id
