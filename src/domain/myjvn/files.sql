-- name: myjvn_files_state
-- Changes whenever something does that a file is made of.
SELECT doc AS items, dictionary FROM jvn_state WHERE id = 1;

-- name: myjvn_files_months
-- What changes whenever one of a month's does, comes or goes: each change takes a new row of the full-text index.
SELECT month, count(*) AS n, max(doc) AS doc FROM jvn_item WHERE lang = :lang GROUP BY month ORDER BY month;
