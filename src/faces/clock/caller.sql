-- name: caller_hold
-- Set by a restore: nobody is called until a person has released it.
SELECT n FROM fact WHERE name = 'hold'
