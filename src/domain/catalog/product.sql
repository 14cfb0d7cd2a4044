-- name: vendors_page
-- Vendors by name.
SELECT v.id, v.key, v.name_ja, v.name_en, coalesce(v.jvn, 0) AS jvn, (SELECT count(*) FROM product p WHERE p.vendor_id = v.id) AS products,
    (SELECT count(DISTINCT ep.entry_id) FROM product p JOIN entry_product ep ON ep.product_id = p.id WHERE p.vendor_id = v.id) AS entries
FROM vendor v WHERE 1
--? match: AND v.id IN (SELECT rowid FROM vendor_names WHERE vendor_names MATCH :match)
--? short: AND instr(v.folded, :short) > 0
ORDER BY
--? words: instr(v.folded, :words) > 1,
v.folded, v.id LIMIT :limit OFFSET :offset;

-- name: vendors_count
-- How many there are of them.
SELECT count(*) FROM vendor v WHERE 1
--? match: AND v.id IN (SELECT rowid FROM vendor_names WHERE vendor_names MATCH :match)
--? short: AND instr(v.folded, :short) > 0
;

-- name: vendor_one
-- A vendor.
SELECT v.id, v.key, v.name_ja, v.name_en, coalesce(v.jvn, 0) AS jvn, 0 AS products, 0 AS entries
FROM vendor v WHERE v.id = :id;

-- name: products_page
-- Products by name.
SELECT p.id, p.vendor_id, v.key AS vendor_key, p.key, p.name_ja, p.name_en, p.cpe, p.purl, coalesce(p.jvn, 0) AS jvn,
    (SELECT count(*) FROM entry_product ep WHERE ep.product_id = p.id) AS entries
FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE 1
--? vendor: AND p.vendor_id = :vendor
--? match: AND p.id IN (SELECT rowid FROM product_names WHERE product_names MATCH :match)
--? short: AND instr(p.folded, :short) > 0
ORDER BY
--? words: instr(p.folded, :words) > 1,
p.folded, p.id LIMIT :limit OFFSET :offset;

-- name: products_count
-- How many there are of them.
SELECT count(*) FROM product p WHERE 1
--? vendor: AND p.vendor_id = :vendor
--? match: AND p.id IN (SELECT rowid FROM product_names WHERE product_names MATCH :match)
--? short: AND instr(p.folded, :short) > 0
;

-- name: product_one
-- A product.
SELECT p.id, p.vendor_id, v.key AS vendor_key, p.key, p.name_ja, p.name_en, p.cpe, p.purl, coalesce(p.jvn, 0) AS jvn,
    0 AS entries
FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE p.id = :id;

-- name: product_by_key
-- A product by its vendor's key and its own.
SELECT p.id, p.vendor_id, v.key AS vendor_key, p.key, p.name_ja, p.name_en, p.cpe, p.purl, coalesce(p.jvn, 0) AS jvn,
    (SELECT count(*) FROM entry_product ep WHERE ep.product_id = p.id) AS entries
FROM vendor v JOIN product p ON p.vendor_id = v.id WHERE v.key = :vendor AND p.key = :product;

-- name: products_of_entry
-- What an entry touches.
SELECT p.id, p.vendor_id, v.key AS vendor_key, p.key, p.name_ja, p.name_en, p.cpe, p.purl, coalesce(p.jvn, 0) AS jvn,
    0 AS entries
FROM entry_product ep JOIN product p ON p.id = ep.product_id JOIN vendor v ON v.id = p.vendor_id
WHERE ep.entry_id = :id ORDER BY v.folded, p.folded, p.id;
