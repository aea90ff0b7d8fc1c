-- Frozen once released: a change is the next number beside it.

-- The sequence number begins with the day (table/record.rs), so that the order of rows is the order of days. The long
-- texts stand last: what comes before them is read without them.
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  date TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  said BLOB NOT NULL CHECK (length(said) = 32), -- SHA-256 of what the record says, without the times of saving
  own TEXT NOT NULL,            -- JSON: the tags, and the kind's own and unknown fields as they were given
  title TEXT NOT NULL,
  claims_text TEXT NOT NULL,    -- for search: the claims' competencies and reasons
  answers TEXT NOT NULL,        -- for search: the texts of the kind's own fields, and the tags
  body TEXT NOT NULL,
  -- One word for search: "peer-learning" as two would be found as "learning".
  kind_word TEXT NOT NULL GENERATED ALWAYS AS (replace(kind, '-', '')) VIRTUAL
) STRICT;

CREATE INDEX record_kind ON record (kind, seq);

CREATE TABLE claim (
  record INTEGER NOT NULL REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  position INTEGER NOT NULL,
  competency TEXT NOT NULL,
  counts_as TEXT,               -- nothing: all that the record offers
  reason TEXT NOT NULL,
  other TEXT,                   -- JSON: fields that nobody knows
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_competency ON claim (competency, record);

-- What each record counts as, spelled out: a claim without an evidence kind stands for all that the record offers. The
-- newest of a competency and a kind lie side by side, with all that is asked of them.
CREATE TABLE evidence (
  competency TEXT NOT NULL,
  kind TEXT NOT NULL,
  record INTEGER NOT NULL REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  id BLOB NOT NULL CHECK (length(id) = 16),
  PRIMARY KEY (competency, kind, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_record ON evidence (record);

-- How many there are of each: counting them would take longer the more there are.
CREATE TABLE tally (
  competency TEXT NOT NULL,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (competency, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER evidence_insert AFTER INSERT ON evidence BEGIN
  INSERT INTO tally (competency, kind, count) VALUES (new.competency, new.kind, 1)
    ON CONFLICT (competency, kind) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER evidence_delete AFTER DELETE ON evidence BEGIN
  UPDATE tally SET count = count - 1 WHERE competency = old.competency AND kind = old.kind;
END;

-- What hours are reckoned from, in narrow rows: a sum reads nothing else.
CREATE TABLE session (
  record INTEGER PRIMARY KEY REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  attended INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  nhs INTEGER NOT NULL,
  supervised INTEGER NOT NULL,
  mode TEXT NOT NULL,
  format TEXT NOT NULL
) STRICT;

-- All attended sessions by sort, added up: adding them up anew would take longer the more there are.
CREATE TABLE session_total (
  nhs INTEGER NOT NULL,
  supervised INTEGER NOT NULL,
  mode TEXT NOT NULL,
  format TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (nhs, supervised, mode, format)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER session_insert AFTER INSERT ON session WHEN new.attended BEGIN
  INSERT INTO session_total (nhs, supervised, mode, format, minutes, sessions)
    VALUES (new.nhs, new.supervised, new.mode, new.format, new.minutes, 1)
    ON CONFLICT (nhs, supervised, mode, format)
    DO UPDATE SET minutes = minutes + excluded.minutes, sessions = sessions + 1;
END;

CREATE TRIGGER session_delete AFTER DELETE ON session WHEN old.attended BEGIN
  UPDATE session_total SET minutes = minutes - old.minutes, sessions = sessions - 1
    WHERE nhs = old.nhs AND supervised = old.supervised AND mode = old.mode AND format = old.format;
END;

-- What the rhythm is reckoned from, in narrow rows as well.
CREATE TABLE supervision (
  record INTEGER PRIMARY KEY REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  id BLOB NOT NULL CHECK (length(id) = 16),
  type TEXT NOT NULL,
  individual INTEGER NOT NULL,
  minutes INTEGER NOT NULL
) STRICT;

CREATE INDEX supervision_last ON supervision (type, individual, record);

-- Which record names which other in one of its fields, such as a reflection its session.
CREATE TABLE mention (
  named BLOB NOT NULL CHECK (length(named) = 16),
  record INTEGER NOT NULL REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  PRIMARY KEY (named, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_record ON mention (record);

CREATE TABLE attachment (
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE record_attachment (
  record INTEGER NOT NULL REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES attachment (sha256),
  bytes INTEGER NOT NULL,
  other TEXT,                   -- JSON: fields that nobody knows
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_attachment_sha256 ON record_attachment (sha256);

-- What stood in a record before it was changed, and what is in the bin: whole records in the open form. They are named
-- by the record's id, since its number goes when it is deleted.
CREATE TABLE version (
  record BLOB NOT NULL CHECK (length(record) = 16),
  number INTEGER NOT NULL,      -- from 1, in the order in which they were kept
  content TEXT NOT NULL,        -- JSON
  PRIMARY KEY (record, number)
) STRICT;

CREATE TABLE version_attachment (
  record BLOB NOT NULL,
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES attachment (sha256),
  PRIMARY KEY (record, number, sha256),
  FOREIGN KEY (record, number) REFERENCES version (record, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX version_attachment_sha256 ON version_attachment (sha256);

-- Deleted records that can still be brought back: the version that stood last.
CREATE TABLE bin (
  record BLOB PRIMARY KEY CHECK (length(record) = 16),
  number INTEGER NOT NULL,
  binned TEXT NOT NULL,         -- RFC 3339 with nine decimals, so that it sorts
  FOREIGN KEY (record, number) REFERENCES version (record, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  content TEXT NOT NULL,        -- JSON
  touched TEXT NOT NULL         -- RFC 3339 with nine decimals, so that it sorts
) STRICT;

CREATE TABLE installed (
  name TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;

-- Counts the changes ever made; a mark beside the database tells when an older one has come back (generation.rs).
CREATE TABLE generation (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  number INTEGER NOT NULL,
  lost INTEGER NOT NULL         -- changes that went when an older database came back, until the coach has been told
) STRICT;

INSERT INTO generation (only, number, lost) VALUES (1, 0, 0);

-- The kind is the last column: a snippet is taken from an earlier one when both have a hit.
CREATE VIRTUAL TABLE record_search USING fts5 (
  title, body, answers, claims_text, kind_word,
  content = 'record', content_rowid = 'seq',
  tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3'
);

-- A leaf of the index fits one encrypted page, of which 4,016 bytes are left.
INSERT INTO record_search (record_search, rank) VALUES ('pgsz', 3900);

CREATE TRIGGER record_search_insert AFTER INSERT ON record BEGIN
  INSERT INTO record_search (rowid, title, body, answers, claims_text, kind_word)
    VALUES (new.seq, new.title, new.body, new.answers, new.claims_text, new.kind_word);
END;

CREATE TRIGGER record_search_delete AFTER DELETE ON record BEGIN
  INSERT INTO record_search (record_search, rowid, title, body, answers, claims_text, kind_word)
    VALUES ('delete', old.seq, old.title, old.body, old.answers, old.claims_text, old.kind_word);
END;

CREATE TRIGGER record_search_update AFTER UPDATE ON record
WHEN (old.seq, old.kind, old.title, old.body, old.answers, old.claims_text)
  IS NOT (new.seq, new.kind, new.title, new.body, new.answers, new.claims_text) BEGIN
  INSERT INTO record_search (record_search, rowid, title, body, answers, claims_text, kind_word)
    VALUES ('delete', old.seq, old.title, old.body, old.answers, old.claims_text, old.kind_word);
  INSERT INTO record_search (rowid, title, body, answers, claims_text, kind_word)
    VALUES (new.seq, new.title, new.body, new.answers, new.claims_text, new.kind_word);
END;
