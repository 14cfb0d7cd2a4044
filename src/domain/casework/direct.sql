-- name: direct_add
-- An address, apart from the case and under a key of its own.
INSERT INTO direct_reporter (case_id, participant_id, lang, wrapped, sealed) VALUES (:case_id, :participant_id, :lang, :wrapped, :sealed)

-- name: direct_of
-- The sealed address, and the advisory on the case or on the one it was merged into.
SELECT d.case_id, d.lang, d.wrapped, d.sealed,
       (SELECT a.number FROM advisory a
        WHERE a.published_at IS NOT NULL
          AND (a.case_id = d.case_id OR a.case_id IN (SELECT b.other_id FROM case_belongs b WHERE b.case_id = d.case_id AND b.kind = 'MERGED'))
        ORDER BY a.id LIMIT 1) AS number
FROM direct_reporter d WHERE d.id = :id

-- name: direct_kept
-- Whether an address that the developer gave is there.
SELECT count(*) FROM direct_reporter WHERE participant_id = :participant_id AND length(sealed) > 0

-- name: direct_change
-- Another address under another key; or none, and the row stays, so that its number is no other's.
UPDATE direct_reporter SET wrapped = :wrapped, sealed = :sealed
--? lang: , lang = :lang
WHERE participant_id = :participant_id AND length(sealed) > 0
