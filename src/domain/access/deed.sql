-- name: access_note
-- What happened to an account or an organisation.
INSERT INTO access_event (at, kind, actor_account_id, about_account_id, about_organisation_id, detail)
VALUES (:now, :kind, :actor, :account, :organisation, :detail)

-- name: access_events
-- The newest events about one account or organisation, or about all.
SELECT e.at AS at, e.kind AS kind, e.detail AS detail, COALESCE(a.name, '') AS actor_name,
       COALESCE(b.name, o.name_ja, '') AS about_name
FROM access_event e
LEFT JOIN account a ON a.id = e.actor_account_id
LEFT JOIN account b ON b.id = e.about_account_id
LEFT JOIN organisation o ON o.id = e.about_organisation_id
WHERE 1 = 1
--? account: AND e.about_account_id = :account
--? organisation: AND e.about_organisation_id = :organisation
ORDER BY e.id DESC LIMIT :limit
