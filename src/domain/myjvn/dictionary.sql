-- name: myjvn_vendor_find
-- What is known of a vendor by its number.
SELECT name_ja, name_en, cpe, vendor_id FROM jvn_vendor WHERE vid = :vid;

-- name: myjvn_vendor_put
-- A vendor as JVN or the catalogue names it.
INSERT INTO jvn_vendor (vid, name_ja, name_en, folded, cpe, place, vendor_id, is_listed)
VALUES (:vid, :ja, :en, :folded, :cpe, :place, :vendor, 1)
ON CONFLICT (vid) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en, folded = excluded.folded, cpe = excluded.cpe,
    place = excluded.place, vendor_id = excluded.vendor_id;

-- name: myjvn_vendor_move
-- Its products stand where its name stands.
UPDATE jvn_product SET vendor_place = :place WHERE vid = :vid;

-- name: myjvn_vendor_hide
-- A vendor that JVN has a number for now is not listed under ours; who knows ours still finds it.
UPDATE jvn_vendor SET is_listed = 0 WHERE vendor_id = :vendor AND vid >= :ours;

-- name: myjvn_product_find
-- What is known of a product by its number.
SELECT vid, name_ja, name_en, cpe FROM jvn_product WHERE pid = :pid;

-- name: myjvn_product_put
-- A product as JVN or the catalogue names it.
INSERT INTO jvn_product (pid, vid, name_ja, name_en, folded, cpe, place, vendor_place, product_id, is_listed)
VALUES (:pid, :vid, :ja, :en, :folded, :cpe, :place, :vendor_place, :product, 1)
ON CONFLICT (pid) DO UPDATE SET vid = excluded.vid, name_ja = excluded.name_ja, name_en = excluded.name_en, folded = excluded.folded,
    cpe = excluded.cpe, place = excluded.place, vendor_place = excluded.vendor_place, product_id = excluded.product_id;

-- name: myjvn_product_hide
-- As with vendors.
UPDATE jvn_product SET is_listed = 0 WHERE product_id = :product AND pid >= :ours;

-- name: catalog_vendor_named
-- The catalogue's vendor of that key.
SELECT id, name_ja, name_en, jvn FROM vendor WHERE key = :key;

-- name: catalog_vendor_add
-- A vendor that no record has named yet.
INSERT INTO vendor (key, name_ja, name_en, folded, jvn) VALUES (:key, :ja, :en, :folded, :jvn);

-- name: catalog_vendor_name
-- JVN's name and, when it has none yet, JVN's number.
UPDATE vendor SET name_ja = :ja, name_en = :en, folded = :folded, jvn = coalesce(jvn, :jvn) WHERE id = :id;

-- name: catalog_product_named
-- The vendor's product of that key.
SELECT id, name_ja, name_en, jvn FROM product WHERE vendor_id = :vendor AND key = :key;

-- name: catalog_product_add
-- A product that no record has named yet.
INSERT INTO product (vendor_id, key, name_ja, name_en, folded, cpe, purl, jvn) VALUES (:vendor, :key, :ja, :en, :folded, :cpe, '', :jvn);

-- name: catalog_product_name
-- As with vendors.
UPDATE product SET name_ja = :ja, name_en = :en, folded = :folded, jvn = coalesce(jvn, :jvn) WHERE id = :id;

-- name: myjvn_state
-- How far the numbering has come; whether names changed since all were looked at.
SELECT vendor_id, product_id, taken_at, doc, dictionary <> named AS is_renamed FROM jvn_state WHERE id = 1;

-- name: myjvn_state_dictionary
-- It has changed once more.
UPDATE jvn_state SET dictionary = dictionary + 1 WHERE id = 1;

-- name: myjvn_state_products
-- Products up to this one have a number.
UPDATE jvn_state SET product_id = :product WHERE id = 1;

-- name: myjvn_vendor_names_drop
-- Vendors that are called otherwise now.
DELETE FROM jvn_vendor_names
WHERE rowid IN (SELECT v.vid FROM jvn_vendor_names_content c JOIN jvn_vendor v ON v.vid = c.id WHERE c.c0 <> v.folded);

-- name: myjvn_vendor_names_put
-- Vendors that cannot be found by their names yet.
INSERT INTO jvn_vendor_names (rowid, folded) SELECT vid, folded FROM jvn_vendor WHERE vid NOT IN (SELECT id FROM jvn_vendor_names_content) ORDER BY vid;

-- name: myjvn_product_names_drop
-- As with vendors.
DELETE FROM jvn_product_names
WHERE rowid IN (SELECT p.pid FROM jvn_product_names_content c JOIN jvn_product p ON p.pid = c.id WHERE c.c0 <> p.folded);

-- name: myjvn_product_names_put
-- As with vendors.
INSERT INTO jvn_product_names (rowid, folded) SELECT pid, folded FROM jvn_product WHERE pid NOT IN (SELECT id FROM jvn_product_names_content) ORDER BY pid;

-- name: myjvn_state_named
-- All names were looked at.
UPDATE jvn_state SET named = dictionary WHERE id = 1;

-- name: myjvn_unnumbered
-- Products of CPE names that came since, and that JVN does not list.
SELECT p.id, p.key, p.name_ja, p.name_en, p.cpe, v.id AS vendor, v.key AS vendor_key, v.name_ja AS vendor_ja, v.name_en AS vendor_en,
    (SELECT min(j.vid) FROM jvn_vendor AS j WHERE j.vendor_id = v.id AND j.is_listed = 1) AS vid,
    (SELECT count(*) FROM jvn_product AS j WHERE j.product_id = p.id) AS known
FROM product AS p JOIN vendor AS v ON v.id = p.vendor_id
WHERE p.id > :after ORDER BY p.id LIMIT :count;

-- name: myjvn_vendors
-- One page of the list of vendors.
SELECT vid, CASE WHEN :lang = 1 AND name_en <> '' THEN name_en ELSE name_ja END AS name, cpe FROM jvn_vendor WHERE is_listed = 1
--? cpes: AND EXISTS (SELECT 1 FROM json_each(:cpes) AS p WHERE lower(jvn_vendor.cpe) GLOB p.value)
--? match: AND vid IN (SELECT rowid FROM jvn_vendor_names WHERE jvn_vendor_names MATCH :match)
--? short: AND instr(folded, :short) > 0
ORDER BY place, vid LIMIT :limit OFFSET :offset;

-- name: myjvn_vendor_count
-- How many there are of them.
SELECT count(*) FROM jvn_vendor WHERE is_listed = 1
--? cpes: AND EXISTS (SELECT 1 FROM json_each(:cpes) AS p WHERE lower(jvn_vendor.cpe) GLOB p.value)
--? match: AND vid IN (SELECT rowid FROM jvn_vendor_names WHERE jvn_vendor_names MATCH :match)
--? short: AND instr(folded, :short) > 0

-- name: myjvn_products
-- One page of the list of products, with their vendors.
SELECT p.pid, CASE WHEN :lang = 1 AND p.name_en <> '' THEN p.name_en ELSE p.name_ja END AS name, p.cpe, p.vid,
    CASE WHEN :lang = 1 AND v.name_en <> '' THEN v.name_en ELSE v.name_ja END AS vendor, v.cpe AS vendor_cpe
FROM jvn_product AS p JOIN jvn_vendor AS v ON v.vid = p.vid
WHERE 1 = 1
--? listed: AND p.is_listed = :listed
--? cpes: AND EXISTS (SELECT 1 FROM json_each(:cpes) AS c WHERE lower(p.cpe) GLOB c.value)
--? vendors: AND p.vid IN (SELECT value FROM json_each(:vendors))
--? products: AND p.pid IN (SELECT value FROM json_each(:products))
--? match: AND p.pid IN (SELECT rowid FROM jvn_product_names WHERE jvn_product_names MATCH :match)
--? short: AND instr(p.folded, :short) > 0
ORDER BY p.vendor_place, p.vid, p.place, p.pid LIMIT :limit OFFSET :offset;

-- name: myjvn_product_count
-- How many there are of them.
SELECT count(*) FROM jvn_product AS p WHERE 1 = 1
--? listed: AND p.is_listed = :listed
--? cpes: AND EXISTS (SELECT 1 FROM json_each(:cpes) AS c WHERE lower(p.cpe) GLOB c.value)
--? vendors: AND p.vid IN (SELECT value FROM json_each(:vendors))
--? products: AND p.pid IN (SELECT value FROM json_each(:products))
--? match: AND p.pid IN (SELECT rowid FROM jvn_product_names WHERE jvn_product_names MATCH :match)
--? short: AND instr(p.folded, :short) > 0

-- name: myjvn_all_vendors
-- JVN's own, by number.
SELECT vid, CASE WHEN :lang = 1 AND name_en <> '' THEN name_en ELSE name_ja END AS name, cpe FROM jvn_vendor WHERE vid < :ours ORDER BY vid;

-- name: myjvn_all_products
-- JVN's own, by their vendors' numbers and their own.
SELECT p.pid, CASE WHEN :lang = 1 AND p.name_en <> '' THEN p.name_en ELSE p.name_ja END AS name, p.cpe, p.vid,
    CASE WHEN :lang = 1 AND v.name_en <> '' THEN v.name_en ELSE v.name_ja END AS vendor, v.cpe AS vendor_cpe
FROM jvn_product AS p JOIN jvn_vendor AS v ON v.vid = p.vid
WHERE p.pid < :ours ORDER BY p.vid, p.pid;
