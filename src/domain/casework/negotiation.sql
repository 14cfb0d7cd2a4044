-- name: negotiation_steps
-- What was done about the date, oldest first. own: of a developer, with what everybody was told.
SELECT l.seq, l.at, l.kind, l.participant_id, l.actor_kind, l.code, l.n, a.name AS person, o.name_ja, o.name_en
FROM ledger l LEFT JOIN account a ON l.actor_kind = 'ACCOUNT' AND a.id = l.actor_id LEFT JOIN organisation o ON o.id = a.organisation_id
WHERE l.case_id = :case_id AND l.kind IN ('clock.started', 'date.set', 'date.changed', 'date.requested', 'date.decided', 'date.proposed', 'date.proposal_declined')
--? own: AND (l.kind IN ('date.set', 'date.changed') OR (l.kind IN ('date.requested', 'date.decided') AND l.participant_id = :own))
ORDER BY l.seq
