-- name: import_begin
-- A run of the importer, from its first file on.
INSERT INTO import_run (format, path, started_at) VALUES (:format, :path, :now);

-- name: import_end
-- What came of it, also while it goes on; then without an end.
UPDATE import_run SET ended_at = :now, read_count = :read, new_count = :new, changed_count = :changed, unchanged_count = :unchanged,
    refused_count = :refused
WHERE id = :id;

-- name: last_change
-- When an import or an officer changed a record last; of an import that was stopped, when it began.
SELECT max(coalesce((SELECT max(coalesce(ended_at, started_at)) FROM import_run WHERE new_count + changed_count > 0), 0),
    coalesce((SELECT max(last_at) FROM record WHERE import_id = 0), 0));

-- name: record_add
-- A record that was not there.
INSERT INTO record (source, name, is_overlay, state, modified_at, hash, reader, import_id, entry_id, sent_id, first_at, last_at)
VALUES (:source, :name, :overlay, :state, :modified, :hash, :reader, :import, :entry, :sent, :now, :now);

-- name: record_find
-- What is known of the record of that name, to compare with.
SELECT id, hash, modified_at, reader, entry_id, sent_id, last_at FROM record WHERE name = :name AND source = :source AND is_overlay = :overlay;

-- name: record_change
-- The source says something else now.
UPDATE record SET state = :state, modified_at = :modified, hash = :hash, reader = :reader, import_id = :import, entry_id = :entry,
    sent_id = :sent, last_at = :now
WHERE id = :id;

-- name: past_add
-- What it said until now.
INSERT INTO past (record_id, from_at, until_at, bytes) SELECT record_id, :from, :until, bytes FROM body WHERE record_id = :id;

-- name: sent_add
-- What a source sent.
INSERT INTO sent (format, users, is_beside, bytes) VALUES (:format, 1, :beside, :bytes);

-- name: sent_share
-- One more record was read from it.
UPDATE sent SET users = users + 1 WHERE id = :id;

-- name: sent_leave
-- One fewer.
UPDATE sent SET users = users - 1 WHERE id = :id;

-- name: sent_drop
-- Nobody was read from it.
DELETE FROM sent WHERE id = :id AND users <= 0;

-- name: body_put
-- The record itself.
INSERT INTO body (record_id, bytes) VALUES (:id, :bytes) ON CONFLICT (record_id) DO UPDATE SET bytes = excluded.bytes;

-- name: alias_add
-- One other name of the flaw.
INSERT INTO alias (alias, record_id) VALUES (:alias, :id) ON CONFLICT DO NOTHING;

-- name: alias_clear
-- Before the aliases of a changed record are written anew.
DELETE FROM alias WHERE record_id = :id;

-- name: body_page
-- The next bodies in the order of their ids.
SELECT b.record_id, coalesce(u.bytes, b.bytes) AS bytes FROM body b LEFT JOIN ruled u ON u.record_id = b.record_id
WHERE b.record_id > :after ORDER BY b.record_id LIMIT :count;

-- name: record_count
-- How many there are.
SELECT count(*) FROM record;

-- name: kev_newest
-- The date of the newest catalogue that was read.
SELECT max(released_at) FROM kev;

-- name: kev_find
-- The entry as it is known, to compare with.
SELECT added_at, due_at, is_ransomware, vendor, product, name, description, action, notes FROM kev WHERE cve = :cve;

-- name: kev_put
-- The entry as the newest catalogue tells it.
INSERT INTO kev (cve, added_at, due_at, is_ransomware, vendor, product, name, description, action, notes, released_at)
VALUES (:cve, :added, :due, :ransomware, :vendor, :product, :name, :description, :action, :notes, :released)
ON CONFLICT (cve) DO UPDATE SET added_at = excluded.added_at, due_at = excluded.due_at, is_ransomware = excluded.is_ransomware,
    vendor = excluded.vendor, product = excluded.product, name = excluded.name, description = excluded.description,
    action = excluded.action, notes = excluded.notes, released_at = excluded.released_at;

-- name: kev_drop_older
-- What a newer catalogue does not name any more.
DELETE FROM kev WHERE released_at < :released;

-- name: kev_page
-- The next entries in the order of their CVE.
SELECT cve, added_at, due_at, is_ransomware FROM kev WHERE cve > :after ORDER BY cve LIMIT :count;

-- name: epss_add
-- A first score; nothing happens when there is one.
INSERT INTO epss (cve, score, percentile, date) VALUES (:cve, :score, :percentile, :date) ON CONFLICT (cve) DO NOTHING;

-- name: epss_find
-- The score that is known, to compare with.
SELECT score, percentile, date, past FROM epss WHERE cve = :cve;

-- name: epss_change
-- A newer day's, or the same day's when it says something else.
UPDATE epss SET score = :score, percentile = :percentile, date = :date, past = :past WHERE cve = :cve;

-- name: epss_page
-- The next scores in the order of their CVE.
SELECT cve, score, percentile, date FROM epss WHERE cve > :after ORDER BY cve LIMIT :count;

-- name: refused_before
-- What an earlier import refused in the same place.
DELETE FROM refused WHERE file = :file AND line = :line AND import_id <> :import;

-- name: refused_next
-- The next one whose bytes were kept.
SELECT id, file, line, bytes FROM refused WHERE id > :after AND bytes IS NOT NULL ORDER BY id LIMIT 1;

-- name: refused_drop
-- It was taken after all.
DELETE FROM refused WHERE id = :id;

-- name: refused_add
-- What could not be taken.
INSERT INTO refused (import_id, file, line, reason, bytes) VALUES (:import, :file, :line, :reason, :bytes);
