-- name: vendors_by_initial
-- Vendors by how one of their names begins; folded holds the key, then the names, with a blank before each.
SELECT v.id, v.key, v.name_ja, v.name_en, coalesce(v.jvn, 0) AS jvn, (SELECT count(*) FROM product p WHERE p.vendor_id = v.id) AS products,
    (SELECT count(DISTINCT ep.entry_id) FROM product p JOIN entry_product ep ON ep.product_id = p.id WHERE p.vendor_id = v.id) AS entries
FROM vendor v WHERE v.folded GLOB :pattern ORDER BY v.folded, v.id LIMIT :limit OFFSET :offset;

-- name: vendors_by_initial_count
-- How many there are of them.
SELECT count(*) FROM vendor v WHERE v.folded GLOB :pattern;
