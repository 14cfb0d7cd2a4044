-- name: refused_rows
-- What could not be taken, the latest first.
SELECT f.id, f.file, f.line, f.reason, f.bytes IS NOT NULL AS is_kept, coalesce(i.started_at, 0) AS at FROM refused f LEFT JOIN import_run i ON i.id = f.import_id
--? words: WHERE instr(lower(f.file), lower(:words)) > 0 OR instr(lower(f.reason), lower(:words)) > 0
ORDER BY f.id DESC LIMIT :limit OFFSET :offset

-- name: refused_count
-- How many of these.
SELECT count(*) FROM refused f
--? words: WHERE instr(lower(f.file), lower(:words)) > 0 OR instr(lower(f.reason), lower(:words)) > 0

-- name: refused_row
-- One of them, with its bytes.
SELECT f.id, f.file, f.line, f.reason, f.bytes IS NOT NULL AS is_kept, coalesce(i.started_at, 0) AS at, f.bytes FROM refused f
LEFT JOIN import_run i ON i.id = f.import_id WHERE f.id = :id
