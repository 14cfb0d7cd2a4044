-- name: follow_publications
-- How many there have been.
SELECT count(*) FROM publication

-- name: follow_since
-- Those of the very same moment again: there may be several, and what is there already stays.
SELECT view FROM advisory WHERE updated_at >= :since ORDER BY updated_at, number

-- name: follow_newest
-- Of ours in the catalogue.
SELECT max(modified_at) FROM record WHERE source = 'ours'
