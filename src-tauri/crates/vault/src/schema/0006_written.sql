-- When records were first written down, so that what was there when a tier was agreed is found without reading the others.
CREATE INDEX record_created ON record (created);

-- The few records that name one of these fields, so that what they say of them is found without reading the others
-- (table/list.rs asks in the same words).
CREATE INDEX record_naming ON record (seq) WHERE
  instr(own, '"actions"') OR instr(own, '"discussed"') OR instr(own, '"for_supervision"')
  OR instr(own, '"clinical_question"') OR instr(own, '"models"');
