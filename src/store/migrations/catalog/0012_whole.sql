-- Goes up when more changed than entries that have new numbers now: what searches keep in memory is then made anew, not added to (domain/catalog/columns.h).
ALTER TABLE words_state ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
