-- JVN's vendors and products by any three characters of their names, rows as there: keywords of the MyJVN interface are parts of names.
CREATE VIRTUAL TABLE jvn_vendor_names USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE jvn_product_names USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
INSERT INTO jvn_vendor_names (rowid, folded) SELECT vid, folded FROM jvn_vendor ORDER BY vid;
INSERT INTO jvn_product_names (rowid, folded) SELECT pid, folded FROM jvn_product ORDER BY pid;
ALTER TABLE jvn_state ADD COLUMN named INTEGER NOT NULL DEFAULT 0; -- `dictionary`, when all names were looked at
UPDATE jvn_state SET named = dictionary;
