-- name: docs_found
-- Rows of the index from one of them on.
SELECT rowid AS doc FROM words WHERE words MATCH :match AND rowid >= :from ORDER BY rowid;
