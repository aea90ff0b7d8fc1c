-- What was given out, in the order in which it was; nothing is ever taken out of it.
CREATE TABLE release (
  seq INTEGER PRIMARY KEY,
  content TEXT NOT NULL         -- JSON
) STRICT;
