-- name: foresight_of
-- The policy of a developer, and how often it published before an agreed date.
SELECT o.discloses_after_days, o.reports_to, (SELECT count(*) FROM breach b WHERE b.organisation_id = o.id) AS breaches
FROM organisation o WHERE o.public_id = :public_id
