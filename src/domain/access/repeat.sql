-- name: repeat_find
-- What a person's program was answered under this key.
SELECT request_hash, status, answer, etag FROM api_answer WHERE account_id = :account_id AND key_hash = :key_hash

-- name: repeat_keep
-- With the deed, or not at all.
INSERT INTO api_answer (account_id, key_hash, request_hash, status, answer, etag, at)
VALUES (:account_id, :key_hash, :request_hash, :status, :answer, :etag, :now)

-- name: repeat_purge
-- Nobody sends it again after so long.
DELETE FROM api_answer WHERE at < :before
