-- What the MyJVN interface and JVN's feed files serve (domain/myjvn).
-- JVN's dictionary as it is: several vendors may share a CPE name, several products too. Numbers from MYJVN_OURS_FROM on are ours, for what JVN has no number for;
-- they keep their meaning when JVN gives one later (is_listed 0).
CREATE TABLE jvn_vendor (
    vid INTEGER PRIMARY KEY,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL, -- empty: none is known
    folded TEXT NOT NULL,
    cpe TEXT NOT NULL, -- "cpe:/:apache", as JVN writes it
    place BLOB NOT NULL, -- of the name in JVN's order
    vendor_id INTEGER NOT NULL,
    is_listed INTEGER NOT NULL
);
CREATE INDEX jvn_vendor_by_place ON jvn_vendor (place, vid);
CREATE INDEX jvn_vendor_by_vendor ON jvn_vendor (vendor_id);
CREATE TABLE jvn_product (
    pid INTEGER PRIMARY KEY,
    vid INTEGER NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    folded TEXT NOT NULL,
    cpe TEXT NOT NULL, -- "cpe:/a:apache:http_server"
    place BLOB NOT NULL,
    vendor_place BLOB NOT NULL,
    product_id INTEGER NOT NULL, -- 0: its CPE name cannot be read
    is_listed INTEGER NOT NULL
);
CREATE INDEX jvn_product_by_place ON jvn_product (vendor_place, vid, place, pid);
CREATE INDEX jvn_product_by_vendor ON jvn_product (vid);
CREATE INDEX jvn_product_by_product ON jvn_product (product_id);

-- A countermeasure information in one language: one of JVN iPedia, or an entry of our own series.
CREATE TABLE jvn_item (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, -- "JVNDB-2025-002953"
    lang INTEGER NOT NULL,
    entry_id INTEGER NOT NULL, -- of our own series; 0: JVN's, whose words are in jvn_told
    public_at INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    month INTEGER NOT NULL, -- of public_at in Japan: 12 * year + month - 1
    severity INTEGER NOT NULL, -- of CVSS 3: enum cvss_severity; -1: none
    severity_2 INTEGER NOT NULL,
    vector TEXT NOT NULL, -- of CVSS 3, as 3.0; empty: none
    doc INTEGER NOT NULL UNIQUE, -- its row of jvn_words; a new one each time it changes
    UNIQUE (name, lang)
);
CREATE INDEX jvn_item_by_modified ON jvn_item (lang, modified_at, name);
CREATE INDEX jvn_item_by_issued ON jvn_item (lang, issued_at, name);
CREATE INDEX jvn_item_by_month ON jvn_item (lang, month, name, severity, severity_2);
CREATE INDEX jvn_item_by_entry ON jvn_item (entry_id) WHERE entry_id <> 0;
-- What JVN told of it (domain/myjvn/told.h, zstd), by its feeds and by its details.
CREATE TABLE jvn_told (
    item_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (item_id, kind)
) WITHOUT ROWID;
CREATE TABLE jvn_cpe (
    id INTEGER PRIMARY KEY,
    cpe TEXT NOT NULL UNIQUE -- small letters
);
CREATE TABLE jvn_item_cpe (
    cpe_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    PRIMARY KEY (cpe_id, item_id)
) WITHOUT ROWID;
CREATE INDEX jvn_item_cpe_by_item ON jvn_item_cpe (item_id);
CREATE TABLE jvn_item_name (
    name TEXT NOT NULL, -- a CVE, or the number of a weakness ("CWE-79")
    item_id INTEGER NOT NULL,
    PRIMARY KEY (name, item_id)
) WITHOUT ROWID;
CREATE INDEX jvn_item_name_by_item ON jvn_item_name (item_id);
CREATE VIRTUAL TABLE jvn_words USING fts5 (words, content = '', tokenize = 'bigram1');

-- How far what is made of other tables has come.
CREATE TABLE jvn_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    doc INTEGER NOT NULL,
    vendor_id INTEGER NOT NULL,
    product_id INTEGER NOT NULL,
    taken_at INTEGER NOT NULL
);
INSERT INTO jvn_state (id, doc, vendor_id, product_id, taken_at) VALUES (1, 0, 0, 0, 0);
