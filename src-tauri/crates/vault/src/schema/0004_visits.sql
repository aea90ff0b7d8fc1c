-- What the caseload is told from, in narrow rows: who came, for which practice, what came of it.
CREATE TABLE visit (
  record INTEGER PRIMARY KEY REFERENCES record (seq) ON UPDATE CASCADE ON DELETE CASCADE,
  minutes INTEGER NOT NULL,
  grouped INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  review INTEGER NOT NULL,
  client TEXT,                  -- a pseudonym, as it was written
  practice TEXT,
  referred_from TEXT,
  ended TEXT
) STRICT;

-- The sessions that are there already. What cannot be read is left to be found by a check of the vault.
INSERT INTO visit (record, minutes, grouped, outcome, review, client, practice, referred_from, ended)
  SELECT record, minutes, grouped, outcome, review,
         CASE WHEN NOT grouped THEN client END, practice,
         CASE WHEN NOT grouped THEN referred_from END,
         CASE WHEN NOT grouped THEN ended END
  FROM (
    SELECT session.record AS record, session.minutes AS minutes, session.format = 'group' AS grouped,
           CASE WHEN session.attended THEN 'attended'
                WHEN json_extract(own, '$.fields.outcome') = 'cancelled' THEN 'cancelled'
                ELSE 'did-not-attend' END AS outcome,
           coalesce(json_type(own, '$.fields.review') = 'true', 0) AS review,
           CASE json_type(own, '$.fields.client') WHEN 'text' THEN json_extract(own, '$.fields.client') END AS client,
           CASE json_type(own, '$.fields.practice') WHEN 'text' THEN json_extract(own, '$.fields.practice') END AS practice,
           CASE json_type(own, '$.fields.referred_from')
             WHEN 'text' THEN json_extract(own, '$.fields.referred_from') END AS referred_from,
           CASE json_type(own, '$.fields.ended') WHEN 'text' THEN json_extract(own, '$.fields.ended') END AS ended
    FROM session JOIN record ON record.seq = session.record
    WHERE json_valid(own)
  );
