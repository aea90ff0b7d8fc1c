-- What was deleted for good: the id and the time, nothing else. An import leaves such a record out unless it is asked to
-- bring it back.
CREATE TABLE tombstone (
  record BLOB PRIMARY KEY CHECK (length(record) = 16),
  at TEXT NOT NULL              -- RFC 3339 with nine decimals, so that it sorts
) STRICT, WITHOUT ROWID;

-- SHA-256 of what a record said in the version that it was changed from, and so on from version to version, so that two
-- copies of a vault find what both of them come from. Nothing where nothing stood before, or where it is not known.
ALTER TABLE record ADD COLUMN base BLOB CHECK (length(base) = 32);
ALTER TABLE version ADD COLUMN base BLOB CHECK (length(base) = 32);
