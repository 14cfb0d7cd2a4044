-- name: snapshot_of
-- The figures of one quarter.
SELECT quarter, state, record, proposed_by, proposed_at, approved_by, approved_at, published_at FROM statistics_snapshot WHERE quarter = :quarter

-- name: snapshot_all
-- Every quarter that anybody has put forward.
SELECT quarter, state, record, proposed_by, proposed_at, approved_by, approved_at, published_at FROM statistics_snapshot ORDER BY quarter DESC

-- name: snapshot_decided
-- Decided, and not yet known to be public.
SELECT quarter, state, record, proposed_by, proposed_at, approved_by, approved_at, published_at FROM statistics_snapshot
WHERE state = 'PUBLISHING' ORDER BY quarter

-- name: snapshot_first_report
-- When the first report came.
SELECT min(at) AS n FROM ledger WHERE to_state <> ''

-- name: snapshot_propose
-- Counted, or counted anew while nobody has decided.
INSERT INTO statistics_snapshot (quarter, state, record, proposed_by, proposed_at) VALUES (:quarter, 'PROPOSED', :record, :who, :now)
ON CONFLICT (quarter) DO UPDATE SET record = excluded.record, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at
WHERE statistics_snapshot.state = 'PROPOSED'

-- name: snapshot_approve
-- The second look, at what was counted then.
UPDATE statistics_snapshot SET state = 'PUBLISHING', approved_by = :who, approved_at = :now
WHERE quarter = :quarter AND state = 'PROPOSED' AND proposed_at = :seen

-- name: snapshot_done
-- It is public.
UPDATE statistics_snapshot SET state = 'PUBLISHED', published_at = :now WHERE quarter = :quarter AND state = 'PUBLISHING'
