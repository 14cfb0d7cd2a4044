-- name: organisation_insert
-- A new row of the developer list, or a body.
INSERT INTO organisation (public_id, kind, name_ja, name_en, kana, state, developer_basis, url, window_email, window_phone,
    postal_address, languages, keywords, note, is_listed_publicly, takes_direct_reports, discloses_after_days, reports_to, designation_basis, designated_at, folded,
    created_at, changed_at)
VALUES (:public_id, :kind, :name_ja, :name_en, :kana, :state, :developer_basis, :url, :window_email, :window_phone,
    :postal_address, :languages, :keywords, :note, :is_listed_publicly, :takes_direct_reports, :discloses_after_days, :reports_to, :designation_basis, :designated_at,
    :folded, :now, :now)

-- name: organisation_update
-- Saves an edit, if nobody else saved one meanwhile.
UPDATE organisation SET name_ja = :name_ja, name_en = :name_en, kana = :kana, developer_basis = :developer_basis, url = :url,
    window_email = :window_email, window_phone = :window_phone, postal_address = :postal_address, languages = :languages,
    keywords = :keywords, note = :note, is_listed_publicly = :is_listed_publicly, takes_direct_reports = :takes_direct_reports,
    discloses_after_days = :discloses_after_days, reports_to = :reports_to,
    designation_basis = :designation_basis, designated_at = :designated_at, folded = :folded, changed_at = :now,
    version = version + 1
WHERE id = :id AND version = :version

-- name: organisation_get
-- One organisation, by whichever of its names is given.
SELECT id, public_id, kind, name_ja, name_en, kana, state, developer_basis, url, window_email, window_phone, postal_address,
    languages, keywords, note, is_listed_publicly, takes_direct_reports, discloses_after_days, reports_to, designation_basis, designated_at, terms_version,
    terms_agreed_at, identity_checked_at, identity_checked_how, guideline_read_at, handling_rules_at, protection,
    handling_suspended, created_at, changed_at, version
FROM organisation WHERE 1 = 1
--? id: AND id = :id
--? public_id: AND public_id = :public_id
--? name: AND (name_ja = :name OR name_en = :name)
ORDER BY id LIMIT 1

-- name: organisation_list
-- One page of the list. A word may stand in a name or in a product.
SELECT o.id AS id, o.public_id AS public_id, o.kind AS kind, o.name_ja AS name_ja, o.name_en AS name_en, o.state AS state,
    o.window_email AS window_email, o.changed_at AS changed_at, o.handling_suspended AS handling_suspended,
    (SELECT COUNT(*) FROM organisation_product p WHERE p.organisation_id = o.id) AS products,
    (SELECT COUNT(*) FROM account a WHERE a.organisation_id = o.id AND a.state = 'ACTIVE') AS people,
    (SELECT COUNT(*) FROM account a WHERE a.organisation_id = o.id AND a.state = 'ACTIVE' AND a.pgp_confirmed_at IS NOT NULL) AS keys,
    (SELECT MAX(COALESCE(a.pgp_expires, 9223372036854775807)) FROM account a WHERE a.organisation_id = o.id AND a.state = 'ACTIVE' AND a.pgp_confirmed_at IS NOT NULL) AS key_until,
    (SELECT MIN(a.name) FROM account a WHERE a.organisation_id = o.id AND a.state = 'ACTIVE' AND (a.roles & :manager_role) <> 0) AS manager
FROM organisation o WHERE 1 = 1
--? kind: AND o.kind = :kind
--? state: AND o.state = :state
--? word1: AND (o.folded LIKE :word1 ESCAPE '!' OR EXISTS (SELECT 1 FROM organisation_product p WHERE p.organisation_id = o.id AND p.folded LIKE :word1 ESCAPE '!'))
--? word2: AND (o.folded LIKE :word2 ESCAPE '!' OR EXISTS (SELECT 1 FROM organisation_product p WHERE p.organisation_id = o.id AND p.folded LIKE :word2 ESCAPE '!'))
--? word3: AND (o.folded LIKE :word3 ESCAPE '!' OR EXISTS (SELECT 1 FROM organisation_product p WHERE p.organisation_id = o.id AND p.folded LIKE :word3 ESCAPE '!'))
ORDER BY
--? by_state: CASE WHEN :by_state = 1 THEN o.state END,
--? by_change: CASE WHEN :by_change = 1 THEN o.changed_at END DESC,
    CASE WHEN o.kana = '' THEN o.name_ja ELSE o.kana END, o.id
LIMIT :limit OFFSET :offset

-- name: organisation_count
-- How many rows the same filter has.
SELECT COUNT(*) FROM organisation o WHERE 1 = 1
--? kind: AND o.kind = :kind
--? state: AND o.state = :state
--? word1: AND (o.folded LIKE :word1 ESCAPE '!' OR EXISTS (SELECT 1 FROM organisation_product p WHERE p.organisation_id = o.id AND p.folded LIKE :word1 ESCAPE '!'))
--? word2: AND (o.folded LIKE :word2 ESCAPE '!' OR EXISTS (SELECT 1 FROM organisation_product p WHERE p.organisation_id = o.id AND p.folded LIKE :word2 ESCAPE '!'))
--? word3: AND (o.folded LIKE :word3 ESCAPE '!' OR EXISTS (SELECT 1 FROM organisation_product p WHERE p.organisation_id = o.id AND p.folded LIKE :word3 ESCAPE '!'))

-- name: organisation_products_clear
-- An edit replaces the list of products as a whole.
DELETE FROM organisation_product WHERE organisation_id = :id

-- name: organisation_product_insert
-- The same product typed twice is one.
INSERT INTO organisation_product (organisation_id, name, folded) VALUES (:id, :name, :folded)
ON CONFLICT (organisation_id, folded) DO NOTHING

-- name: organisation_product_list
-- What a developer makes.
SELECT name FROM organisation_product WHERE organisation_id = :id ORDER BY folded

-- name: contact_change_insert
-- One field of the window that changed (COO-04).
INSERT INTO contact_change (organisation_id, at, actor_account_id, field, before, after)
VALUES (:id, :now, :actor, :field, :before, :after)

-- name: contact_change_list
-- The newest first.
SELECT c.at AS at, c.field AS field, c.before AS before, c.after AS after, COALESCE(a.name, '') AS actor_name
FROM contact_change c LEFT JOIN account a ON a.id = c.actor_account_id
WHERE c.organisation_id = :id ORDER BY c.id DESC LIMIT 200

-- name: organisation_handling
-- Left out of later handling, or not any more, if it is still as the reader saw it (CFD-07).
UPDATE organisation SET handling_suspended = :suspended, changed_at = :now, version = version + 1
WHERE id = :id AND kind = 'PD' AND handling_suspended <> :suspended

-- name: handling_change_insert
-- Who decided it, and why.
INSERT INTO handling_change (organisation_id, at, actor_account_id, is_suspended, reason) VALUES (:id, :now, :actor, :suspended, :reason)

-- name: handling_change_list
-- The newest first.
SELECT h.at AS at, h.is_suspended AS is_suspended, h.reason AS reason, COALESCE(a.name, '') AS actor_name
FROM handling_change h LEFT JOIN account a ON a.id = h.actor_account_id
WHERE h.organisation_id = :id ORDER BY h.id DESC LIMIT 200

-- name: organisation_managers
-- How many people there can answer as countermeasure manager, and how many of them have a key that may be used.
SELECT COUNT(*) AS managers, COALESCE(SUM(CASE WHEN pgp_confirmed_at IS NOT NULL AND (pgp_expires IS NULL OR pgp_expires > :now) THEN 1 ELSE 0 END), 0) AS keys
FROM account WHERE organisation_id = :id AND state = 'ACTIVE' AND (roles & :manager_role) <> 0

-- name: organisation_move
-- One step of a registration, if it is still where the reader saw it.
UPDATE organisation SET state = :to, changed_at = :now, version = version + 1 WHERE id = :id AND state = :from

-- name: organisation_identify
-- When and how the identity was checked (COO-07).
UPDATE organisation SET identity_checked_at = :now, identity_checked_how = :how WHERE id = :id

-- name: organisation_agree
-- Which version of the terms was agreed to, and when (COO-02).
UPDATE organisation SET terms_version = :terms_version, terms_agreed_at = :now WHERE id = :id

-- name: organisation_prepare
-- What the developer has prepared (COO-03); the date of what was prepared before stays.
UPDATE organisation SET
    guideline_read_at = CASE WHEN :guideline_read = 0 THEN NULL WHEN guideline_read_at IS NULL THEN :now ELSE guideline_read_at END,
    handling_rules_at = CASE WHEN :handling_rules = 0 THEN NULL WHEN handling_rules_at IS NULL THEN :now ELSE handling_rules_at END,
    protection = :protection, changed_at = :now, version = version + 1
WHERE id = :id

-- name: suggest_products
-- All products of all developers on the list: a few thousand short rows, compared in memory.
SELECT o.id AS id, o.public_id AS public_id, o.name_ja AS name_ja, o.name_en AS name_en, o.state AS state,
    p.name AS product, p.folded AS folded
FROM organisation_product p JOIN organisation o ON o.id = p.organisation_id
WHERE o.kind = 'PD' AND o.handling_suspended = 0 ORDER BY o.id, p.id

-- name: suggest_names
-- All developers on the list with their names, kana and keywords as searches compare them.
SELECT id, public_id, name_ja, name_en, state, folded FROM organisation WHERE kind = 'PD' AND handling_suspended = 0 ORDER BY id
