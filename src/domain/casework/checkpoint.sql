-- name: receipt_of_case
-- The entry that issued a case's receipt, and the report it is about.
SELECT l.seq, l.at, r.submitted_seq FROM ledger l JOIN report r ON r.case_id = l.case_id
WHERE l.case_id = :case_id AND l.kind = 'receipt.issued' ORDER BY l.seq LIMIT 1

-- name: checkpoint_last
-- The newest one.
SELECT upto, made_at, statement FROM checkpoint ORDER BY upto DESC LIMIT 1

-- name: checkpoint_leaves
-- Receipts that were issued between two checkpoints.
SELECT facts FROM ledger WHERE kind = 'receipt.issued' AND seq > :after AND seq <= :upto ORDER BY seq

-- name: checkpoint_add
-- A new one, not public yet.
INSERT INTO checkpoint (upto, made_at, statement, signature) VALUES (:upto, :now, :statement, :signature)

-- name: checkpoint_over
-- The first that binds an entry, and where the one before it ends.
SELECT c.upto, c.made_at, c.statement, c.signature, (SELECT coalesce(max(p.upto), 0) FROM checkpoint p WHERE p.upto < c.upto) AS after
FROM checkpoint c WHERE c.upto >= :seq ORDER BY c.upto LIMIT 1

-- name: checkpoint_unpublished
-- Made, and not yet known to be public.
SELECT upto, made_at, statement, signature FROM checkpoint WHERE published_at IS NULL ORDER BY upto

-- name: checkpoint_unpublished_count
-- Whether any waits.
SELECT count(*) AS n FROM checkpoint WHERE published_at IS NULL

-- name: checkpoint_done
-- It is public.
UPDATE checkpoint SET published_at = :now WHERE upto = :upto AND published_at IS NULL
