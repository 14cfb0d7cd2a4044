-- name: package_records
-- Records that may be about it.
SELECT r.id, r.name FROM package_row p JOIN record r ON r.id = p.record_id WHERE p.ecosystem = :ecosystem AND p.name = :name ORDER BY r.name;

-- name: package_record_named
-- OSV's own record of that id.
SELECT id FROM record WHERE name = :name AND source = 'osv' AND is_overlay = 0;
