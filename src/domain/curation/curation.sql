-- name: curation_row
-- One entry's.
SELECT name, state, title, overview, impact, countermeasure, is_embedded, is_standard, number, who, changed_at, published_at, version
FROM curation WHERE name = :name

-- name: curation_rows
-- Those of a state, or all that wait for something.
SELECT name, state, title, overview, impact, countermeasure, is_embedded, is_standard, number, who, changed_at, published_at, version
FROM curation WHERE (:state = 0 AND state <> 3) OR state = :state ORDER BY changed_at, name LIMIT :limit OFFSET :offset

-- name: curation_count
-- How many of these.
SELECT count(*) FROM curation WHERE (:state = 0 AND state <> 3) OR state = :state

-- name: curation_insert
-- The first words; of two at once one finds the other there.
INSERT INTO curation (name, state, title, overview, impact, countermeasure, is_embedded, is_standard, number, who, changed_at, published_at, version)
VALUES (:name, :state, :title, :overview, :impact, :countermeasure, :embedded, :standard, :number, :who, :changed, :published, 1)
ON CONFLICT (name) DO NOTHING

-- name: curation_update
-- A change of what was seen, not of what somebody else made of it meanwhile.
UPDATE curation SET state = :state, title = :title, overview = :overview, impact = :impact, countermeasure = :countermeasure,
    is_embedded = :embedded, is_standard = :standard, number = :number, who = :who, changed_at = :changed, published_at = :published,
    version = version + 1
WHERE name = :name AND version = :version
