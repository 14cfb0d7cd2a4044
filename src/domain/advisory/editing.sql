-- name: advisory_by_public_id
-- One advisory.
SELECT a.id, a.public_id, a.case_id, a.number, a.state, a.revision, a.draft_version, a.author_id, a.reviewer_id, a.reviewed_version,
       a.confirmed_by, a.confirmed_version, a.rehearsed_at, a.rehearsed_version, a.rehearsal_faults, a.published_at, a.updated_at,
       a.changed_at, a.version, k.public_id AS case_public_id
FROM advisory a JOIN case_key k ON k.case_id = a.case_id WHERE a.public_id = :public_id

-- name: advisory_of_case
-- The advisory of a case.
SELECT a.id, a.public_id, a.case_id, a.number, a.state, a.revision, a.draft_version, a.author_id, a.reviewer_id, a.reviewed_version,
       a.confirmed_by, a.confirmed_version, a.rehearsed_at, a.rehearsed_version, a.rehearsal_faults, a.published_at, a.updated_at,
       a.changed_at, a.version, k.public_id AS case_public_id
FROM advisory a JOIN case_key k ON k.case_id = a.case_id WHERE a.case_id = :case_id

-- name: advisory_list
-- Advisories by their latest change.
SELECT a.id, a.public_id, a.case_id, a.number, a.state, a.revision, a.draft_version, a.author_id, a.reviewer_id, a.reviewed_version,
       a.confirmed_by, a.confirmed_version, a.rehearsed_at, a.rehearsed_version, a.rehearsal_faults, a.published_at, a.updated_at,
       a.changed_at, a.version, k.public_id AS case_public_id
FROM advisory a JOIN case_key k ON k.case_id = a.case_id
WHERE 1 = 1
--? state: AND a.state = :state
ORDER BY a.changed_at DESC, a.id DESC LIMIT :limit OFFSET :offset

-- name: advisory_number_taken
-- Whether a number is in use.
SELECT count(*) AS n FROM advisory WHERE number = :number

-- name: advisory_next
-- The next internal number.
SELECT coalesce(max(id), 0) + 1 AS id FROM advisory

-- name: advisory_add
-- A new advisory; its text comes next.
INSERT INTO advisory (id, public_id, case_id, number, state, author_id, draft_sealed, changed_at)
VALUES (:id, :public_id, :case_id, :number, :state, :author_id, :draft, :now)

-- name: advisory_draft_of
-- What is being written.
SELECT draft_sealed FROM advisory WHERE id = :id

-- name: advisory_save
-- Kept only if nobody saved in between.
UPDATE advisory SET draft_sealed = :draft, draft_version = draft_version + 1, author_id = :author_id, changed_at = :now, version = version + 1
WHERE id = :id AND draft_version = :draft_version AND state = 'DRAFT'

-- name: advisory_set_state
-- A move.
UPDATE advisory SET state = :state, changed_at = :now, version = version + 1 WHERE id = :id AND state = :from

-- name: advisory_set_review
-- Who reviewed which draft.
UPDATE advisory SET reviewer_id = :who, reviewed_version = draft_version WHERE id = :id

-- name: advisory_set_confirmation
-- The receiving body's confirmation of this very draft.
UPDATE advisory SET confirmed_by = :who, confirmed_version = draft_version WHERE id = :id

-- name: advisory_set_rehearsal
-- The outcome of a rehearsal of this draft.
UPDATE advisory SET rehearsed_at = :now, rehearsed_version = draft_version, rehearsal_faults = :faults WHERE id = :id

-- name: advisory_revision_of
-- A published revision.
SELECT content_sealed FROM advisory_revision WHERE advisory_id = :advisory_id AND revision = :revision

-- name: advisory_is_publishing
-- Begun and not finished: from there on nobody takes the text back.
SELECT count(*) AS n FROM publication WHERE advisory_id = :id AND state = 'PUBLISHING'

-- name: advisory_set_draft
-- What has been published is what the next revision starts from.
UPDATE advisory SET draft_sealed = :draft WHERE id = :id
