-- name: throttle_purge
-- What has left the window counts no more and is kept no longer.
DELETE FROM login_failure WHERE at <= :before

-- name: throttle_count
-- Tries within the window.
SELECT COUNT(*) FROM login_failure WHERE about = :about AND at > :since

-- name: throttle_add
-- One try.
INSERT INTO login_failure (about, at) VALUES (:about, :now)

-- name: throttle_forget
-- A try that was right.
DELETE FROM login_failure WHERE id = :id

-- name: throttle_clear
-- All tries of one kind about one thing.
DELETE FROM login_failure WHERE about = :about
