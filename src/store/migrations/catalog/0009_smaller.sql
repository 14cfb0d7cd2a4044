-- Products of CPE names by number: their names stood once for each CVE that has them.
CREATE TABLE cpe_product (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL UNIQUE -- "apache:http_server", as CPE writes it
);
ALTER TABLE cve_product RENAME TO cve_product_named;
-- Those in the configurations of a CVE's record.
CREATE TABLE cve_product (
    product_id INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (product_id, record_id)
) WITHOUT ROWID;
INSERT INTO cpe_product (product) SELECT DISTINCT product FROM cve_product_named ORDER BY product;
INSERT INTO cve_product (product_id, record_id) SELECT p.id, c.record_id
FROM cpe_product p JOIN cve_product_named n ON n.product = p.product JOIN cve_row c ON c.cve = n.cve ORDER BY p.id, c.record_id;
DROP TABLE cve_product_named;

-- Of records the last import that changed them is asked for only where it was none, but a hand.
DROP INDEX record_by_import;
CREATE INDEX record_by_hand ON record (import_id) WHERE import_id = 0;

-- What a source sent may be packed beside the bytes of the only record that was read from it (formats/archive/pack.h).
ALTER TABLE sent ADD COLUMN is_beside INTEGER NOT NULL DEFAULT 0;

-- Names of vendors and products by any three characters of them, rows as there (domain/catalog/names.h), and in their order.
CREATE VIRTUAL TABLE vendor_names USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE product_names USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
INSERT INTO vendor_names (rowid, folded) SELECT id, folded FROM vendor ORDER BY id;
INSERT INTO product_names (rowid, folded) SELECT id, folded FROM product ORDER BY id;
CREATE TABLE names_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    dictionary INTEGER NOT NULL -- of jvn_state, when all names were looked at
);
INSERT INTO names_state (id, dictionary) SELECT 1, dictionary FROM jvn_state;
CREATE INDEX vendor_by_folded ON vendor (folded, id);
CREATE INDEX product_by_folded ON product (folded, id);
