-- name: columns_rows
-- All that a search looks at in an entry: the rows themselves are fetched for the page that is shown.
SELECT doc, id, modified_at, published_at, tenths, epss, severity, sources, state, has_ja, is_kev, is_embedded, parts FROM entry INDEXED BY entry_by_doc
WHERE doc >= :from ORDER BY doc;

-- name: words_are
-- Up to where words stand in the order of time, and how far they reach; which index it is, and which state of the catalogue.
SELECT settled, last, base, state, whole FROM words_state;

-- name: words_state
-- Which state it is.
SELECT state FROM words_state;
