-- name: publishing_next
-- The next publication's id, which the public world knows it by.
SELECT coalesce(max(id), 0) + 1 AS id FROM publication

-- name: publishing_add
-- From here on it will become public, whatever happens to the machine.
INSERT INTO publication (id, advisory_id, revision, state, hash, started_at) VALUES (:id, :advisory_id, :revision, 'PUBLISHING', :hash, :now)

-- name: publishing_revision_add
-- The text as it goes out.
INSERT INTO advisory_revision (advisory_id, revision, content_sealed, at) VALUES (:advisory_id, :revision, :content, :now)

-- name: publishing_open
-- Begun and not finished.
SELECT p.id, p.advisory_id, p.revision, p.hash, a.case_id FROM publication p JOIN advisory a ON a.id = p.advisory_id
WHERE p.state = 'PUBLISHING'
--? advisory_id: AND p.advisory_id = :advisory_id
ORDER BY p.id

-- name: publishing_done
-- Once.
UPDATE publication SET state = 'PUBLISHED', finished_at = :now WHERE id = :id AND state = 'PUBLISHING'

-- name: publishing_advisory
-- What is out now.
UPDATE advisory SET state = :state, revision = :revision, published_at = :published_at, updated_at = :updated_at, changed_at = :now,
       version = version + 1
WHERE id = :id AND state = :from

-- name: publishing_due
-- A first publication at its date; a revision at once.
SELECT a.case_id FROM advisory a JOIN product_case c ON c.id = a.case_id
WHERE a.state = 'SCHEDULED' AND ((c.state IN ('DATE_SET', 'COMMITTEE') AND c.publication_date <= :now) OR c.state = 'PUBLISHED')
ORDER BY c.publication_date, a.id
