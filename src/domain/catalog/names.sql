-- name: names_are_told
-- Has JVN's dictionary changed since all names were looked at?
SELECT n.dictionary <> j.dictionary FROM names_state n, jvn_state j;

-- name: names_looked_at
-- They are as it tells them.
UPDATE names_state SET dictionary = (SELECT dictionary FROM jvn_state);

-- name: vendor_names_drop
-- Those that are called otherwise now.
DELETE FROM vendor_names WHERE rowid IN (SELECT v.id FROM vendor v JOIN vendor_names_content c ON c.id = v.id WHERE c.c0 <> v.folded);

-- name: vendor_names_missing
-- Those that are not there.
INSERT INTO vendor_names (rowid, folded) SELECT id, folded FROM vendor WHERE id NOT IN (SELECT id FROM vendor_names_content) ORDER BY id;

-- name: vendor_names_new
-- Those that came since.
INSERT INTO vendor_names (rowid, folded)
SELECT id, folded FROM vendor WHERE id > (SELECT coalesce(max(id), 0) FROM vendor_names_content) ORDER BY id;

-- name: product_names_drop
-- As with vendors.
DELETE FROM product_names WHERE rowid IN (SELECT p.id FROM product p JOIN product_names_content c ON c.id = p.id WHERE c.c0 <> p.folded);

-- name: product_names_missing
-- As with vendors.
INSERT INTO product_names (rowid, folded) SELECT id, folded FROM product WHERE id NOT IN (SELECT id FROM product_names_content) ORDER BY id;

-- name: product_names_new
-- As with vendors.
INSERT INTO product_names (rowid, folded)
SELECT id, folded FROM product WHERE id > (SELECT coalesce(max(id), 0) FROM product_names_content) ORDER BY id;
