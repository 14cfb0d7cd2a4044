-- name: statistics_entries
-- What moved cases, and what was published, case by case in the order it happened. Nothing at or after :until. An observation has a life of its own
-- beside the case's.
SELECT case_id, at, kind, to_state, code, n, facts FROM ledger
WHERE at < :until AND case_id IS NOT NULL AND participant_id IS NULL AND (to_state <> '' OR kind = 'advisory.published')
  AND kind NOT LIKE 'observation.%'
ORDER BY case_id, seq
