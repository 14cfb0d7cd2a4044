-- name: hits_settled
-- Hits of the part of the index that stands in the order of time, the latest first: as many as are asked for, no more is looked at.
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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

-- name: floor_by_published
-- What stands so far down in this order.
SELECT published_at AS value, id FROM entry INDEXED BY entry_by_published ORDER BY published_at DESC, id DESC LIMIT 1 OFFSET :most;

-- name: walk_by_published
-- Hits among what stands above it, each entry asked of the index in this order: where hits are many, the first of them are found long before all are.
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e INDEXED BY entry_by_published CROSS JOIN words ON words.rowid = e.doc
WHERE words MATCH :match AND (e.published_at, e.id) > (:value, :id)
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.published_at DESC, e.id DESC LIMIT :limit;

-- name: floor_by_severity
-- What stands so far down in this order.
SELECT tenths AS value, id FROM entry INDEXED BY entry_by_score ORDER BY tenths DESC, id DESC LIMIT 1 OFFSET :most;

-- name: walk_by_severity
-- Hits among what stands above it, each entry asked of the index in this order: where hits are many, the first of them are found long before all are.
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e INDEXED BY entry_by_score CROSS JOIN words ON words.rowid = e.doc
WHERE words MATCH :match AND (e.tenths, e.id) > (:value, :id)
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.tenths DESC, e.id DESC LIMIT :limit;

-- name: floor_by_epss
-- What stands so far down in this order.
SELECT epss AS value, id FROM entry INDEXED BY entry_by_epss ORDER BY epss DESC, id DESC LIMIT 1 OFFSET :most;

-- name: walk_by_epss
-- Hits among what stands above it, each entry asked of the index in this order: where hits are many, the first of them are found long before all are.
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
FROM entry e INDEXED BY entry_by_epss CROSS JOIN words ON words.rowid = e.doc
WHERE words MATCH :match AND (e.epss, e.id) > (:value, :id)
--? state: AND e.state = :state
--? kev: AND e.is_kev = :kev
--? embedded: AND e.is_embedded = :embedded
--? epss: AND e.epss >= :epss
--? published_from: AND e.published_at >= :published_from
--? published_to: AND e.published_at < :published_to AND e.published_at > 0
--? modified_from: AND e.modified_at >= :modified_from
--? modified_to: AND e.modified_at < :modified_to AND e.modified_at > 0
ORDER BY e.epss DESC, e.id DESC LIMIT :limit;

-- name: all_by_modified
-- Without words: entries in this order.
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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
SELECT e.id, e.doc, e.modified_at, e.published_at, e.tenths, e.epss, e.severity, e.sources, e.has_ja, e.is_kev, e.is_embedded, e.parts
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

-- name: word_count
-- In how many entries a word stands, up to a limit.
SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH :match LIMIT :limit);

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

-- name: names_any
-- Does any vendor or product have this in its names?
SELECT EXISTS (SELECT 1 FROM vendor_names WHERE vendor_names MATCH :match) OR EXISTS (SELECT 1 FROM product_names WHERE product_names MATCH :match);

-- name: names_like
-- Vendors and products that have this in their names, those that begin with it first.
SELECT key, name_ja, name_en FROM (
    SELECT v.key, v.name_ja, v.name_en, instr(v.folded, :part) AS place FROM vendor_names CROSS JOIN vendor v ON v.id = vendor_names.rowid
    WHERE vendor_names MATCH :match
    UNION ALL
    SELECT p.key, p.name_ja, p.name_en, instr(p.folded, :part) AS place FROM product_names CROSS JOIN product p ON p.id = product_names.rowid
    WHERE product_names MATCH :match
) ORDER BY place, length(key), key LIMIT :limit;
