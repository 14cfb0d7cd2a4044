-- name: statistics_entries
-- What moved cases, what was published, and what was provided before, case by case in the order it happened. Nothing at or after :until. An observation, an
-- inquiry, a withdrawal and a docket have lives of their own beside the case's.
SELECT case_id, at, kind, to_state, code, n, facts FROM ledger
WHERE at < :until AND case_id IS NOT NULL AND participant_id IS NULL AND (to_state <> '' OR kind = 'advisory.published' OR kind = 'provision.made')
  AND kind NOT LIKE 'observation.%' AND kind NOT LIKE 'inquiry.%' AND kind NOT LIKE 'withdrawal.%' AND kind NOT LIKE 'docket.%'
ORDER BY case_id, seq
