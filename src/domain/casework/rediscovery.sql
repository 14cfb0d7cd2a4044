-- name: fingerprint_missing
-- Open cases with a report whose fingerprints have not been taken.
SELECT c.id, r.submitted_seq FROM product_case c JOIN report r ON r.case_id = c.id
WHERE c.closed_at IS NULL AND c.published_at IS NULL AND NOT EXISTS (SELECT 1 FROM fingerprint f WHERE f.case_id = c.id) ORDER BY c.id

-- name: fingerprint_keep
-- One print of a case; the same word twice is one.
INSERT INTO fingerprint (case_id, kind, print) VALUES (:case_id, :kind, :print) ON CONFLICT DO NOTHING

-- name: fingerprint_meetings
-- Cases that have prints in common with this one; kinds are bits, so the sum of different ones is all of them.
SELECT f.case_id, sum(DISTINCT f.kind) AS kinds, (c.closed_at IS NULL AND c.published_at IS NULL) AS is_open
FROM fingerprint mine JOIN fingerprint f ON f.print = mine.print AND f.kind = mine.kind AND f.case_id <> mine.case_id JOIN product_case c ON c.id = f.case_id
WHERE mine.case_id = :case_id GROUP BY f.case_id, c.closed_at, c.published_at ORDER BY f.case_id
