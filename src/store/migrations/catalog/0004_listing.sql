-- What interfaces find records by (domain/catalog/listing.h). Rows about what a record does not say any more stay: what is found is looked at.

-- What NVD's interface asks of a CVE, from NVD's record, or from that of the CVE program where NVD has none.
CREATE TABLE cve_row (
    cve TEXT PRIMARY KEY,
    record_id INTEGER NOT NULL,
    is_nvd INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    facts INTEGER NOT NULL, -- bits
    origin TEXT NOT NULL,
    marks TEXT NOT NULL, -- ",CWE-79,disputed,"
    v2 TEXT NOT NULL, -- vectors, a line each
    v3 TEXT NOT NULL,
    v4 TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX cve_row_by_published ON cve_row (published_at, cve);
CREATE INDEX cve_row_by_modified ON cve_row (modified_at);

-- Vendor and product of the CPE names in a CVE's configurations, as CPE writes them: "apache:http_server".
CREATE TABLE cve_product (
    product TEXT NOT NULL,
    cve TEXT NOT NULL,
    PRIMARY KEY (product, cve)
) WITHOUT ROWID;

-- Packages that OSV's records are about, folded; and commits that they name, of the ecosystem "commit".
CREATE TABLE package_row (
    ecosystem TEXT NOT NULL,
    name TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (ecosystem, name, record_id)
) WITHOUT ROWID;

-- NVD's dictionary of CPE names and its match criteria, each as it came (zstd).
CREATE TABLE cpe_name (
    id TEXT PRIMARY KEY, -- cpeNameId
    name TEXT NOT NULL,
    product TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    words TEXT NOT NULL, -- titles in small letters
    bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX cpe_name_by_product ON cpe_name (product);
CREATE INDEX cpe_name_by_created ON cpe_name (created_at, id);
CREATE TABLE cpe_match (
    id TEXT PRIMARY KEY, -- matchCriteriaId
    criteria TEXT NOT NULL,
    product TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX cpe_match_by_product ON cpe_match (product);
CREATE INDEX cpe_match_by_modified ON cpe_match (modified_at, id);
