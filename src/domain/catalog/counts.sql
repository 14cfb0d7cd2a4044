-- name: counted_by_published
-- Every entry that stands, with the day its sources name.
SELECT published_at AS at, sources, has_ja, title_en <> '' AS has_en, is_embedded, is_standard
FROM entry WHERE state = 0;

-- name: counted_by_registered
-- Every entry that stands, with the day on which the first of its records came here.
SELECT (SELECT min(r.first_at) FROM record r WHERE r.entry_id = e.id) AS at, e.sources, e.has_ja, e.title_en <> '' AS has_en,
    e.is_embedded, e.is_standard
FROM entry e WHERE e.state = 0;
