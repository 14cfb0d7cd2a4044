-- name: tour_is_here
-- Is this a demonstration?
SELECT count(*) FROM demonstration

-- name: tour_people
-- One person of each kind, to log in as.
SELECT a.email, a.name, a.roles, o.name_ja, o.name_en FROM account a JOIN organisation o ON o.id = a.organisation_id
WHERE a.id IN (SELECT min(id) FROM account WHERE state = 'ACTIVE' GROUP BY roles) ORDER BY a.id

-- name: tour_mailboxes
-- The mailboxes that a visitor may open as their finders, the latest first.
SELECT situation, receipt, passphrase FROM demonstration WHERE receipt IS NOT NULL ORDER BY case_id DESC

-- name: tour_links
-- The links by which a visitor may come in as the operator of a website, the latest first.
SELECT situation, link, link_passphrase FROM demonstration WHERE link IS NOT NULL ORDER BY case_id DESC

-- name: tour_cases
-- Each case of the demonstration with what else of it a stop of the tour leads to: the developer that was chosen first, and the advisory.
SELECT d.case_id, d.situation, k.public_id,
       (SELECT p.public_id FROM participant p WHERE p.case_id = d.case_id AND p.is_removed = 0 ORDER BY p.id LIMIT 1) AS developer,
       (SELECT a.public_id FROM advisory a WHERE a.case_id = d.case_id ORDER BY a.id LIMIT 1) AS advisory
FROM demonstration d JOIN case_key k ON k.case_id = d.case_id
