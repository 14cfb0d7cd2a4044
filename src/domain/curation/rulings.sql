-- name: ruling_insert
-- Decided.
INSERT INTO ruling (state, source, name, other, entry, reason, who, made_at, undone_reason, undone_who)
VALUES (:state, :source, :name, :other, :entry, :reason, :who, :now, '', '')

-- name: ruling_undo
-- Taken back, once.
UPDATE ruling SET state = :state, undone_reason = :reason, undone_who = :who, undone_at = :now WHERE id = :id AND undone_at IS NULL

-- name: ruling_row
-- One of them.
SELECT id, state, source, name, other, entry, reason, who, made_at, undone_reason, undone_who, undone_at FROM ruling WHERE id = :id

-- name: ruling_rows
-- Those that concern an entry.
SELECT id, state, source, name, other, entry, reason, who, made_at, undone_reason, undone_who, undone_at FROM ruling
WHERE name = :name OR other = :name OR entry = :name ORDER BY id DESC
