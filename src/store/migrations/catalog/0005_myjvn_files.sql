-- How often JVN's dictionary has changed: what the feed files are made of (domain/myjvn/files.h).
ALTER TABLE jvn_state ADD COLUMN dictionary INTEGER NOT NULL DEFAULT 0;
