-- name: entry_of_name
-- An entry by its own name.
SELECT id FROM entry WHERE name = :name;

-- name: entry_begin
-- An entry of that name, empty yet.
INSERT INTO entry (name, title_ja, title_en, sources, state, is_disputed, tenths, score_version, severity, published_at, modified_at, taken_at,
    has_ja, is_kev, is_embedded, is_standard, epss, doc, parts)
VALUES (:name, '', '', 0, 0, 0, -1, '', 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, x'');

-- name: known_count
-- Entries, records, and what officers said of some: 0 in a catalogue that begins.
SELECT (SELECT count(*) FROM (SELECT 1 FROM entry LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM record LIMIT 1)) + (SELECT count(*) FROM mark) + (SELECT count(*) FROM joined);

-- name: entry_count
-- How many there are.
SELECT count(*) FROM entry;

-- name: doc_last
-- The highest number that words have.
SELECT last FROM words_state;

-- name: settled
-- Up to where words stand in the order of time.
SELECT settled FROM words_state;

-- name: settled_set
-- The index was made anew.
UPDATE words_state SET settled = :settled, last = :settled, base = base + 1;

-- name: last_set
-- It reaches farther.
UPDATE words_state SET last = :last;

-- name: state_next
-- Something changed. whole: not only entries that have new numbers now.
UPDATE words_state SET state = state + 1, whole = whole + :whole;

-- name: entries_by_time
-- All entries, the one that changed longest ago first, as their records date it.
SELECT entry_id, max(modified_at) AS modified FROM record WHERE entry_id > 0 GROUP BY entry_id ORDER BY modified, entry_id;

-- name: records_of
-- How many records are about an entry.
SELECT count(*) FROM record WHERE entry_id = :id;

-- name: entries_scored
-- The newest scores of all entries; that is no change of the entry itself.
UPDATE entry SET epss = p.score FROM epss p WHERE p.cve = entry.name AND entry.epss <> p.score;

-- name: entries_exploited
-- Those that CISA's catalogue names now.
UPDATE entry SET is_kev = 1, taken_at = :now WHERE is_kev = 0 AND name IN (SELECT cve FROM kev);

-- name: entries_not_exploited
-- Those that it names no more.
UPDATE entry SET is_kev = 0, taken_at = :now WHERE is_kev = 1 AND name NOT IN (SELECT cve FROM kev);

-- name: product_link
-- One product that it touches.
INSERT INTO entry_product (product_id, entry_id) VALUES (:product, :entry) ON CONFLICT DO NOTHING;
