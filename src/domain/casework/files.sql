-- name: case_file_add
-- A file that has begun to arrive.
INSERT INTO attachment (public_id, case_id, draft_hash, thread, participant_id, info_class, wrapped, name_sealed, size, state, created_at)
VALUES (:public_id, :case_id, :draft_hash, :thread, :participant_id, :info_class, :wrapped, :name_sealed, 0, 'PART', :now)

-- name: case_file_of_draft
-- A file that came, or is still arriving, under a draft.
SELECT id, public_id, wrapped, name_sealed, size FROM attachment WHERE public_id = :public_id AND draft_hash = :draft_hash AND state = :state

-- name: case_file_grow
-- A piece has come; only where the sender thinks it is.
UPDATE attachment SET size = :size, state = :state WHERE id = :id AND size = :before AND state = 'PART'

-- name: case_file_draft_count
-- How many files a draft has.
SELECT count(*) AS n FROM attachment WHERE draft_hash = :draft_hash

-- name: case_file_pending_bytes
-- How much lies here that belongs to no case yet.
SELECT coalesce(sum(size), 0) AS n FROM attachment WHERE case_id IS NULL

-- name: case_file_drafts
-- The files of a draft that are whole.
SELECT id, public_id, wrapped FROM attachment WHERE draft_hash = :draft_hash AND case_id IS NULL AND state <> 'PART' ORDER BY id

-- name: case_file_adopt
-- A file joins the case.
UPDATE attachment SET case_id = :case_id, seq = :seq, wrapped = :wrapped, draft_hash = NULL WHERE id = :id

-- name: case_file_count_of_receipt
-- How many files a report has that was kept before.
SELECT count(*) AS n FROM attachment a JOIN report r ON r.case_id = a.case_id JOIN report_access x ON x.report_id = r.id
WHERE x.receipt = :receipt AND a.seq = r.submitted_seq

-- name: case_file_count_of_case
-- How many files a case has.
SELECT count(*) AS n FROM attachment WHERE case_id = :case_id

-- name: case_file_list
-- Files of a case that are whole, oldest first.
SELECT id, public_id, case_id, seq, thread, participant_id, info_class, wrapped, name_sealed, size, kind, verdict, state, created_at
FROM attachment WHERE case_id = :case_id AND state <> 'PART' ORDER BY id

-- name: case_file_find
-- One file and the case it belongs to.
SELECT k.public_id AS case_public_id FROM attachment a JOIN case_key k ON k.case_id = a.case_id
WHERE a.public_id = :public_id AND a.state <> 'PART'

-- name: case_file_judge
-- What the look at a file has found.
UPDATE attachment SET kind = :kind, verdict = :verdict WHERE public_id = :public_id

-- name: case_file_release
-- A person lets a file go one step further, if it still stands where it was seen.
UPDATE attachment SET state = :to, released_by = :account_id WHERE id = :id AND state = :from

-- name: case_file_attach
-- A file of a message that was sent.
UPDATE attachment SET seq = :seq WHERE id = :id

-- name: case_file_stale
-- Drafts that were never sent.
SELECT id, public_id FROM attachment WHERE case_id IS NULL AND created_at < :before LIMIT 100

-- name: case_file_forget
-- A file is gone.
DELETE FROM attachment WHERE id = :id
