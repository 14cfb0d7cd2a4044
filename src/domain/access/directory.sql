-- name: directory_developers
-- All developers of the list, with what they are called and where they write from.
SELECT id, public_id, name_ja, name_en, state, url, window_email, folded FROM organisation WHERE kind = 'PD' ORDER BY id

-- name: directory_products
-- What they make.
SELECT p.organisation_id, p.name, p.folded FROM organisation_product p JOIN organisation o ON o.id = p.organisation_id
WHERE o.kind = 'PD' ORDER BY p.organisation_id, p.id

-- name: directory_addresses
-- Where their people write from.
SELECT a.organisation_id, a.email FROM account a JOIN organisation o ON o.id = a.organisation_id
WHERE o.kind = 'PD' AND a.state = 'ACTIVE' ORDER BY a.organisation_id, a.id
