-- name: world_publication
-- What that publication wrote.
SELECT hash FROM publication WHERE id = :id

-- name: world_publication_add
-- A publication, once.
INSERT INTO publication (id, number, revision, hash, at) VALUES (:id, :number, :revision, :hash, :now)

-- name: world_advisory_put
-- The public view as it is now; a late repetition of an older revision does not overwrite a newer one.
INSERT INTO advisory (number, revision, view, hash, published_at, updated_at)
VALUES (:number, :revision, :view, :hash, :published_at, :updated_at)
ON CONFLICT (number) DO UPDATE SET revision = excluded.revision, view = excluded.view, hash = excluded.hash, updated_at = excluded.updated_at
WHERE excluded.revision >= advisory.revision

-- name: world_advisory
-- One.
SELECT view FROM advisory WHERE number = :number

-- name: world_all
-- Every advisory, latest update first.
SELECT number, view FROM advisory ORDER BY updated_at DESC, number

-- name: world_latest_updates
-- For the feed of changes.
SELECT view FROM advisory ORDER BY updated_at DESC, number LIMIT :limit

-- name: world_latest
-- For the feed of what is new.
SELECT view FROM advisory ORDER BY published_at DESC, number LIMIT :limit

-- name: world_count
-- How many there are.
SELECT count(*) AS n FROM advisory

-- name: world_snapshot
-- What stands under that name.
SELECT hash FROM snapshot WHERE name = :name

-- name: world_snapshot_add
-- Once.
INSERT INTO snapshot (name, record, hash, at) VALUES (:name, :record, :hash, :at)

-- name: world_snapshots
-- All; names sort by date.
SELECT name, record, at FROM snapshot ORDER BY name DESC

-- name: world_sheets
-- What changes: the latest of each name.
SELECT name, record, revision, shown, at FROM sheet ORDER BY name

-- name: world_sheet_put
-- A late repetition of an earlier revision does not overwrite.
INSERT INTO sheet (name, revision, record, at) VALUES (:name, :revision, :record, :at)
ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, record = excluded.record, at = excluded.at WHERE excluded.revision >= sheet.revision

-- name: world_sheet_shown
-- Its pages are written.
UPDATE sheet SET shown = revision WHERE name = :name AND revision = :revision
