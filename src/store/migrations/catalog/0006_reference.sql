-- What the lists of weaknesses and of support periods say (domain/catalog/reference.h), each telling as its list gave it.
CREATE TABLE reference (
    form TEXT NOT NULL, -- "cwe", "cwe-list", "eol", "eol-releases"
    name TEXT NOT NULL, -- "79", "almalinux"
    told BLOB NOT NULL, -- zstd
    sent BLOB NOT NULL, -- zstd
    PRIMARY KEY (form, name)
) WITHOUT ROWID;

-- Products of support periods by what they are called elsewhere: "almalinux:almalinux" of a CPE name, "pkg:npm/adonis".
CREATE TABLE life_name (
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (key, name)
) WITHOUT ROWID;
