-- name: entry_base
-- What an entry has beside its records.
SELECT e.name, m.number, coalesce(k.cve IS NOT NULL, 0) AS is_kev, coalesce(p.score, -1) AS epss, coalesce(m.is_embedded, 0) AS is_embedded,
    coalesce(m.is_standard, 0) AS is_standard
FROM entry e LEFT JOIN kev k ON k.cve = e.name LEFT JOIN epss p ON p.cve = e.name LEFT JOIN mark m ON m.name = e.name
WHERE e.id = :id;

-- name: entry_set
-- All of it, as its records say now.
UPDATE entry SET number = :number, title_ja = :title_ja, title_en = :title_en, sources = :sources, state = :state, is_disputed = :disputed, tenths = :tenths,
    score_version = :version, severity = :severity, published_at = :published, modified_at = :modified, taken_at = :taken, has_ja = :has_ja,
    is_kev = :kev, is_embedded = :embedded, is_standard = :standard, epss = :epss, doc = :doc, parts = :parts
WHERE id = :id AND name = :name;

-- name: entry_make
-- One that was not there.
INSERT INTO entry (id, name, number, title_ja, title_en, sources, state, is_disputed, tenths, score_version, severity, published_at, modified_at, taken_at,
    has_ja, is_kev, is_embedded, is_standard, epss, doc, parts)
VALUES (:id, :name, :number, :title_ja, :title_en, :sources, :state, :disputed, :tenths, :version, :severity, :published, :modified, :taken,
    :has_ja, :kev, :embedded, :standard, :epss, :doc, :parts);

-- name: entry_number_doc
-- The number of its words alone.
UPDATE entry SET doc = :doc WHERE id = :id;

-- name: entry_drop
-- Nothing is said of it any more.
DELETE FROM entry WHERE id = :id;

-- name: products_clear
-- Before its products are written anew.
DELETE FROM entry_product WHERE entry_id = :id;

-- name: words_put
-- What it is found by.
INSERT INTO words (rowid, names, titles, texts, products, tags) VALUES (:doc, :names, :titles, :texts, :products, :tags);
