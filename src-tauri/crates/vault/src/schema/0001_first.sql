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
  own TEXT NOT NULL,            -- JSON: the tags, and the kind's own and unknown fields as they were given
  title TEXT NOT NULL,
  claims_text TEXT NOT NULL,    -- for search: the claims' competencies and reasons
  answers TEXT NOT NULL,        -- for search: the texts of the kind's own fields, and the tags
  body TEXT NOT NULL,
  -- One word for search: "peer-learning" as two would be found as "learning".
  kind_word TEXT NOT NULL GENERATED ALWAYS AS (replace(kind, '-', '')) VIRTUAL
) STRICT;

CREATE INDEX record_kind ON record (kind, seq);

-- Hours and rhythm are summed over all of these, out of the index alone: the table would be read whole for it.
CREATE INDEX record_session ON record (seq, id, own) WHERE kind = 'session';
CREATE INDEX record_supervision ON record (seq, id, own) WHERE kind = 'supervision';

CREATE TABLE claim (
  record INTEGER NOT NULL REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  position INTEGER NOT NULL,
  competency TEXT NOT NULL,
  counts_as TEXT,               -- nothing: all that the record offers
  reason TEXT NOT NULL,
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_competency ON claim (competency, record);

-- What each record counts as, spelled out: a claim without an evidence kind stands for all that the record offers.
CREATE TABLE evidence (
  record INTEGER NOT NULL REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  competency TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (record, competency, kind)
) STRICT, WITHOUT ROWID;

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
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_attachment_sha256 ON record_attachment (sha256);

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
  number INTEGER NOT NULL
) STRICT;

INSERT INTO generation (only, number) VALUES (1, 0);

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

CREATE TRIGGER record_search_update AFTER UPDATE ON record BEGIN
  INSERT INTO record_search (record_search, rowid, title, body, answers, claims_text, kind_word)
    VALUES ('delete', old.seq, old.title, old.body, old.answers, old.claims_text, old.kind_word);
  INSERT INTO record_search (rowid, title, body, answers, claims_text, kind_word)
    VALUES (new.seq, new.title, new.body, new.answers, new.claims_text, new.kind_word);
END;
