-- name: myjvn_own_waiting
-- Numbered entries that changed since they were told, or never were.
SELECT e.number FROM entry AS e LEFT JOIN jvn_item AS i ON i.name = e.number AND i.lang = 0
WHERE e.number > '' AND ((i.id IS NULL AND e.state = 0) OR i.modified_at <> e.taken_at) LIMIT :limit;
