-- Which line of changes this database is on (trail.rs): a head for each of the last changes. The newest stands beside the
-- number too, on one page, so that both are of one moment even where a log was folded in halfway.
CREATE TABLE chain (
  number INTEGER PRIMARY KEY,
  head BLOB NOT NULL CHECK (length(head) = 16)
) STRICT;

ALTER TABLE generation ADD COLUMN head BLOB CHECK (length(head) = 16);
-- The number that was in the main file when the present log of changes began: a main file before it cannot take this log.
ALTER TABLE generation ADD COLUMN log_from INTEGER NOT NULL DEFAULT 0;
-- Changes that another line has and this one lacks, and how many it has alone, until the coach has been told.
ALTER TABLE generation ADD COLUMN parted_here INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN parted_there INTEGER NOT NULL DEFAULT 0;
-- SHA-256 of vault.key as it was written last, and of the one about to be written.
ALTER TABLE generation ADD COLUMN key_file BLOB CHECK (length(key_file) = 32);
ALTER TABLE generation ADD COLUMN next_key_file BLOB CHECK (length(next_key_file) = 32);

-- Since when no record, no version of one and no draft names a content any more.
CREATE TABLE unused (
  sha256 TEXT PRIMARY KEY REFERENCES attachment (sha256) ON DELETE CASCADE,
  since TEXT NOT NULL           -- RFC 3339 with nine decimals, so that it sorts
) STRICT, WITHOUT ROWID;

-- A vault from before has a number and no head: its line begins here.
INSERT INTO chain (number, head) SELECT number, randomblob(16) FROM generation;
UPDATE generation SET head = (SELECT head FROM chain);
