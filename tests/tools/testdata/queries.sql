-- What this file is about; not a query's.

-- name: case_move
-- Moves one case, if it is still where the reader saw it:
-- nobody's move is lost unseen.
UPDATE product_case SET state = :to, changed_at = :now -- is it? yes; $1
 WHERE id = :id AND state = :from
   AND note <> 'a;?:b''"@x -- no comment' /* $1 ; :not_one
   and more */ AND "odd;column" = :to;

-- name: case_list
-- Cases of a desk, with filters that fall away.
SELECT id, count(*) AS n, a * b AS area
  FROM product_case
 WHERE 1 = 1
--? vendor: AND vendor = :vendor
  --? is_late: AND due_at < :now
 ORDER BY id
 LIMIT :limit

-- name: find (sqlite)
-- Where the databases differ, the query stands twice.
SELECT id FROM words WHERE words MATCH :text

-- name: find (postgres)
-- The same for the other.
SELECT id FROM words WHERE tokens && :text::int[]
