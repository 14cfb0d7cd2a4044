-- name: joined_all
-- Which entries stand in which.
SELECT name, into_name FROM joined;

-- name: parted_all
-- Names that are wrong.
SELECT source, record, alias FROM parted;

-- name: joined_number
-- The number that went with an entry.
SELECT number FROM joined WHERE name = :name;

-- name: joined_add
-- One more.
INSERT INTO joined (name, into_name, number) VALUES (:name, :into, :number) ON CONFLICT (name) DO UPDATE SET into_name = excluded.into_name;

-- name: joined_drop
-- Taken back.
DELETE FROM joined WHERE name = :name;

-- name: parted_add
-- One more.
INSERT INTO parted (source, record, alias) VALUES (:source, :record, :alias) ON CONFLICT DO NOTHING;

-- name: parted_drop
-- Taken back.
DELETE FROM parted WHERE source = :source AND record = :record AND alias = :alias;

-- name: ruled_put
-- A record as it reads now.
INSERT INTO ruled (record_id, bytes) VALUES (:id, :bytes) ON CONFLICT (record_id) DO UPDATE SET bytes = excluded.bytes;

-- name: ruled_drop
-- It reads as its source has it.
DELETE FROM ruled WHERE record_id = :id;

-- name: ruling_entry
-- An entry by its own name.
SELECT id FROM entry WHERE name = :name;

-- name: ruling_records
-- All records of an entry.
SELECT id FROM record WHERE entry_id = :id ORDER BY id;

-- name: ruling_record
-- The record that a source has under that name.
SELECT id FROM record WHERE name = :record AND source = :source AND is_overlay = 0;

-- name: ruling_body
-- A record as its source has it, and whether something was decided.
SELECT r.entry_id, b.bytes, u.bytes AS ruled FROM record r JOIN body b ON b.record_id = r.id LEFT JOIN ruled u ON u.record_id = r.id WHERE r.id = :id;

-- name: ruling_move
-- It stands elsewhere, or reads otherwise, from now on.
UPDATE record SET entry_id = :entry, import_id = 0, last_at = :now WHERE id = :id;

-- name: ruling_alias_clear
-- Before its aliases are written anew.
DELETE FROM alias WHERE record_id = :id;

-- name: ruling_alias_add
-- One other name of the flaw.
INSERT INTO alias (alias, record_id) VALUES (:alias, :id) ON CONFLICT DO NOTHING;

-- name: number_of
-- The number of our series that an entry has.
SELECT number FROM mark WHERE name = :name AND number IS NOT NULL;

-- name: number_leave
-- It is nobody's, for a moment.
UPDATE mark SET number = NULL WHERE name = :name;

-- name: entry_number_leave
-- Its row is made again at the batch's end, when another may have the number already.
UPDATE entry SET number = NULL WHERE name = :name;

-- name: number_take
-- It is this one's.
INSERT INTO mark (name, is_embedded, is_standard, number) VALUES (:name, 0, 0, :number)
ON CONFLICT (name) DO UPDATE SET number = excluded.number;
