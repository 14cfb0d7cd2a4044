-- name: hits_settled
-- Hits of the part of the index that stands in the order of time, the latest first: as many as are asked for, no more is looked at.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM words CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = words.rowid
WHERE words MATCH :match AND words.rowid <= :settled
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY words.rowid DESC LIMIT :limit;

-- name: hits_fresh
-- Hits of the part behind it, the latest first: it is small.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM words CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = words.rowid
WHERE words MATCH :match AND words.rowid > :settled
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.modified_at DESC, e.id DESC LIMIT :limit;

-- name: hits_by_published
-- All hits in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM words CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = words.rowid
WHERE words MATCH :match
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.published_at DESC, e.id DESC LIMIT :limit;

-- name: hits_by_severity
-- All hits in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM words CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = words.rowid
WHERE words MATCH :match
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.tenths DESC, e.id DESC LIMIT :limit;

-- name: hits_by_epss
-- All hits in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM words CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = words.rowid
WHERE words MATCH :match
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.epss DESC, e.id DESC LIMIT :limit;

-- name: relevant
-- The newest of the hits, the best first: a word in a name or a title counts for more.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM (SELECT rowid AS doc, bm25(words, 8.0, 6.0, 1.0, 4.0, 0.0) AS rank FROM words WHERE words MATCH :match ORDER BY rowid DESC LIMIT :most) w
    CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = w.doc
WHERE 1
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY w.rank, e.id DESC LIMIT :limit;

-- name: all_by_modified
-- Without words: entries in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e
WHERE 1
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.modified_at DESC, e.id DESC LIMIT :limit;

-- name: all_by_published
-- Without words: entries in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e
WHERE 1
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.published_at DESC, e.id DESC LIMIT :limit;

-- name: all_by_severity
-- Without words: entries in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e
WHERE 1
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.tenths DESC, e.id DESC LIMIT :limit;

-- name: all_by_epss
-- Without words: entries in this order.
SELECT e.id, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e
WHERE 1
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.epss DESC, e.id DESC LIMIT :limit;

-- name: hit_count
-- How many hits there are, up to a limit.
SELECT count(*) FROM (SELECT 1 FROM words CROSS JOIN entry e INDEXED BY entry_by_doc ON e.doc = words.rowid WHERE words MATCH :match LIMIT :limit);

-- name: words_settled
-- Up to where words stand in the order of time.
SELECT settled FROM words_state;

-- name: entry_shown
-- One row of the page.
SELECT e.id, e.name, e.number, e.title_ja, e.title_en, e.sources, e.state, e.is_disputed, e.tenths, e.score_version, e.severity, e.published_at, e.modified_at,
    e.taken_at, e.has_ja, e.is_kev, e.is_embedded, e.is_standard, e.epss
FROM entry e WHERE e.id = :id;

-- name: vendor_of_key
-- A vendor by its key.
SELECT id FROM vendor WHERE key = :vendor;

-- name: product_of_key
-- A product by its vendor's key and its own.
SELECT p.id FROM vendor v JOIN product p ON p.vendor_id = v.id WHERE v.key = :vendor AND p.key = :product;

-- name: vendor_named
-- How a vendor is called.
SELECT key, name_ja, name_en FROM vendor WHERE id = :id;

-- name: product_named
-- How a product is called.
SELECT v.key || ':' || p.key AS key, p.name_ja, p.name_en FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE p.id = :id;

-- name: names_like
-- Vendors and products that have this in their names, those that begin with it first.
SELECT key, name_ja, name_en FROM (
    SELECT key, name_ja, name_en, instr(folded, :part) AS place FROM vendor WHERE instr(folded, :part) > 0
    UNION ALL
    SELECT key, name_ja, name_en, instr(folded, :part) AS place FROM product WHERE instr(folded, :part) > 0
) ORDER BY place, length(key), key LIMIT :limit;
