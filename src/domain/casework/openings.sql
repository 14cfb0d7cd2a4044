-- name: openings_of_report
-- Wishes to open an identity, with who asked.
SELECT i.public_id, i.asked_by, i.asked_at, i.asked_seq, i.allowed_by, i.shown_at, a.name
FROM identity_opening i JOIN account a ON a.id = i.asked_by WHERE i.report_id = :report_id ORDER BY i.id
