-- name: clock_mark
-- The latest instant this system has seen: a clock that went back is noticed.
SELECT n FROM fact WHERE name = 'clock_mark'

-- name: clock_set_mark
-- Only forwards.
INSERT INTO fact (name, n) VALUES ('clock_mark', :now) ON CONFLICT (name) DO UPDATE SET n = excluded.n WHERE excluded.n > fact.n

-- name: clock_hold
-- Set by a restore: nothing is published or mailed until a person has released it.
SELECT n FROM fact WHERE name = 'hold'

-- name: clock_keys_looked_at
-- When the keys of all accounts were last looked at.
SELECT n FROM fact WHERE name = 'keys_looked_at'

-- name: clock_set_keys_looked_at
-- Once a day is enough.
INSERT INTO fact (name, n) VALUES ('keys_looked_at', :now) ON CONFLICT (name) DO UPDATE SET n = excluded.n

-- name: clock_numbers_looked_at
-- When reserved CVE numbers were last held against the catalogue.
SELECT n FROM fact WHERE name = 'numbers_looked_at'

-- name: clock_set_numbers_looked_at
-- Some minutes later is soon enough.
INSERT INTO fact (name, n) VALUES ('numbers_looked_at', :now) ON CONFLICT (name) DO UPDATE SET n = excluded.n

-- name: clock_to_rehearse
-- Confirmed by both bodies and not rehearsed as it is now.
SELECT a.public_id FROM advisory a WHERE a.state = 'CONFIRMED' AND (a.rehearsed_version IS NULL OR a.rehearsed_version <> a.draft_version)

-- name: clock_overdue
-- The date has come, but the advisory is not scheduled; told once a day.
SELECT c.id FROM product_case c LEFT JOIN advisory a ON a.case_id = c.id
WHERE c.state IN ('DATE_SET', 'COMMITTEE') AND c.publication_date <= :now AND (a.state IS NULL OR a.state <> 'SCHEDULED')
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND o.notice = 'OVERDUE' AND o.created_at > :since)
