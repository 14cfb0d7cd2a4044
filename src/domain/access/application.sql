-- name: application_insert
-- A developer asks to be on the list.
INSERT INTO application (public_id, name_ja, name_en, kana, url, window_email, window_phone, products, person, words, created_at)
VALUES (:public_id, :name_ja, :name_en, :kana, :url, :window_email, :window_phone, :products, :person, :words, :now)

-- name: application_open
-- The open ones, or one of them.
SELECT id, public_id, name_ja, name_en, kana, url, window_email, window_phone, products, person, words, created_at
FROM application WHERE state = 'OPEN'
--? public_id: AND public_id = :public_id
ORDER BY id LIMIT 500

-- name: application_count
-- How many wait.
SELECT COUNT(*) FROM application WHERE state = 'OPEN'

-- name: application_decide
-- Taken over or not; of two at the same moment one finds it decided.
UPDATE application SET state = :state, decided_at = :now, decided_by = :who, organisation_id = :organisation
WHERE id = :id AND state = 'OPEN'
