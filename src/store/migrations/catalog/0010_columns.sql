-- What searches keep in memory (domain/catalog/columns.h) is made from one state and remembered for one index.
ALTER TABLE words_state ADD COLUMN last INTEGER NOT NULL DEFAULT 0; -- the highest number that words ever had in this index
ALTER TABLE words_state ADD COLUMN base INTEGER NOT NULL DEFAULT 0; -- goes up when the index is made anew
ALTER TABLE words_state ADD COLUMN state INTEGER NOT NULL DEFAULT 0; -- goes up with every change
UPDATE words_state SET last = max(settled, coalesce((SELECT max(doc) FROM entry), 0));

-- Filters and orders are there; these were for them.
DROP INDEX entry_by_modified;
DROP INDEX entry_by_taken;
DROP INDEX entry_kev;
DROP INDEX entry_embedded;
DROP INDEX entry_by_score;
DROP INDEX entry_by_epss;
