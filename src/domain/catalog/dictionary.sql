-- name: vendor_place
-- A vendor by its key.
SELECT id, name_ja, name_en FROM vendor WHERE key = :key;

-- name: vendor_add
-- A vendor that a record names.
INSERT INTO vendor (key, name_ja, name_en, folded) VALUES (:key, '', :name, :folded);

-- name: product_place
-- A product by its vendor and key.
SELECT id, name_ja, name_en FROM product WHERE vendor_id = :vendor AND key = :key;

-- name: product_named
-- The product of a vendor that is called so and has a CPE name: what a record names in words alone.
SELECT id, name_ja, name_en FROM product WHERE vendor_id = :vendor AND cpe <> '' AND (name_ja = :name OR name_en = :name) ORDER BY id LIMIT 1;

-- name: product_add
-- A product that a record names.
INSERT INTO product (vendor_id, key, name_ja, name_en, folded, cpe, purl) VALUES (:vendor, :key, '', :name, :folded, :cpe, :purl);
