-- What a developer does once it is told, whatever is agreed: publishes by itself after so many days (0: it waits for the agreed date), must report
-- to somebody by law or contract. Known before it is told of a case.
ALTER TABLE organisation ADD COLUMN discloses_after_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN reports_to TEXT NOT NULL DEFAULT '';
