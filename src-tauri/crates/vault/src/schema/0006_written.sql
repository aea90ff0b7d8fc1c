-- When records were first written down, so that what was there when a tier was agreed is found without reading the others.
CREATE INDEX record_created ON record (created);
