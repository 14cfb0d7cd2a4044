-- name: doc_of
-- The number of an entry's words.
SELECT doc FROM entry WHERE id = :id;

-- name: entries_shown
-- The rows of a page, in the order of their ids in the list (JSON).
SELECT e.id, e.name, e.number, e.title_ja, e.title_en, e.sources, e.state, e.is_disputed, e.tenths, e.score_version, e.severity, e.published_at, e.modified_at,
    e.taken_at, e.has_ja, e.is_kev, e.is_embedded, e.is_standard, e.epss
FROM json_each(:ids) AS list CROSS JOIN entry e ON e.id = list.value;

-- name: vendor_of_key
-- A vendor by its key.
SELECT id FROM vendor WHERE key = :vendor;

-- name: product_of_key
-- A product by its vendor's key and its own.
SELECT p.id FROM vendor v JOIN product p ON p.vendor_id = v.id WHERE v.key = :vendor AND p.key = :product;

-- name: products_of_keys
-- The products of a list of keys (JSON), as far as they are there.
SELECT p.id FROM json_each(:keys) AS list CROSS JOIN vendor v ON v.key = substr(list.value, 1, instr(list.value, ':') - 1)
    CROSS JOIN product p ON p.vendor_id = v.id AND p.key = substr(list.value, instr(list.value, ':') + 1);

-- name: vendors_named
-- How the vendors of a list are called, in its order.
SELECT v.key, v.name_ja, v.name_en FROM json_each(:ids) AS list CROSS JOIN vendor v ON v.id = list.value;

-- name: products_named
-- How its products are called.
SELECT v.key || ':' || p.key AS key, p.name_ja, p.name_en
FROM json_each(:ids) AS list CROSS JOIN product p ON p.id = list.value CROSS JOIN vendor v ON v.id = p.vendor_id;

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
