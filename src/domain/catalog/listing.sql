-- name: cve_row_put
-- A CVE as NVD tells it, or the CVE program while NVD does not.
INSERT INTO cve_row (cve, record_id, is_nvd, published_at, modified_at, facts, origin, marks, v2, v3, v4)
VALUES (:cve, :record, :nvd, :published, :modified, :facts, :origin, :marks, :v2, :v3, :v4)
ON CONFLICT (cve) DO UPDATE SET record_id = excluded.record_id, is_nvd = excluded.is_nvd, published_at = excluded.published_at,
    modified_at = excluded.modified_at, facts = excluded.facts, origin = excluded.origin, marks = excluded.marks, v2 = excluded.v2,
    v3 = excluded.v3, v4 = excluded.v4
WHERE excluded.is_nvd >= cve_row.is_nvd;

-- name: cpe_product_find
-- A product by its name.
SELECT id FROM cpe_product WHERE product = :product;

-- name: cpe_product_add
-- One that is new.
INSERT INTO cpe_product (product) VALUES (:product);

-- name: cve_product_put
-- One product of a CVE's record.
INSERT INTO cve_product (product_id, record_id) VALUES (:product, :record) ON CONFLICT DO NOTHING;

-- name: package_row_put
-- One package, or one commit.
INSERT INTO package_row (ecosystem, name, record_id) VALUES (:ecosystem, :name, :record) ON CONFLICT DO NOTHING;
