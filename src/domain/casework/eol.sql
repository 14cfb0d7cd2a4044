-- name: eol_of
-- What is known of the end of support of a case's product.
SELECT seq, at, declared_at, ends_at, ci_use, small_impact, advice FROM eol WHERE case_id = :case_id
