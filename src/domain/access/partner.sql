-- name: partner_add
-- The agreement of an organisation.
INSERT INTO partner (organisation_id, sector, agreement, agreed_at) VALUES (:id, :sector, :agreement, :agreed_at)

-- name: partner_end
-- The agreement ends.
UPDATE partner SET ended_at = :now, end_reason = :reason WHERE organisation_id = :id AND ended_at IS NULL

-- name: partner_confirm
-- A condition is confirmed by the recipient; once.
UPDATE partner SET inside_at = CASE WHEN :condition = 0 THEN coalesce(inside_at, :now) ELSE inside_at END,
       contractors_at = CASE WHEN :condition = 1 THEN coalesce(contractors_at, :now) ELSE contractors_at END,
       protection_at = CASE WHEN :condition = 2 THEN coalesce(protection_at, :now) ELSE protection_at END
WHERE organisation_id = :id AND ended_at IS NULL

-- name: partner_list
-- The register, or one of it.
SELECT o.id, o.public_id, o.kind, o.name_ja, o.name_en, p.sector, p.agreement, p.agreed_at, p.inside_at, p.contractors_at, p.protection_at, p.ended_at,
       p.end_reason, (SELECT count(*) FROM account a WHERE a.organisation_id = o.id AND a.state = 'ACTIVE') AS people
FROM partner p JOIN organisation o ON o.id = p.organisation_id WHERE 1 = 1
--? kind: AND o.kind = :kind
--? public_id: AND o.public_id = :public_id
--? id: AND o.id = :id
ORDER BY p.ended_at IS NOT NULL, o.kind, p.sector, o.name_ja, o.id
