/**
 * Calls in a few small columns, since every read of a directory writes one:
 * - what many calls have in common (method, status, where they came from …) is one row of call_kinds;
 * - header sets that repeat are kept once, in texts;
 * - an answer that shows records as they are stored is kept as which records it showed (call_kinds.form): their replaced
 *   texts stay in changes.json_before as long as a call may show them.
 */
export const leanCalls = `
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

ALTER TABLE changes ADD COLUMN replaced_by INTEGER;
ALTER TABLE changes ADD COLUMN json_before TEXT;

CREATE TABLE call_kinds (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  method TEXT NOT NULL,
  path TEXT,
  path_ends_in_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  stage TEXT NOT NULL,
  via TEXT NOT NULL,
  practice INTEGER NOT NULL,
  probe INTEGER NOT NULL,
  source TEXT NOT NULL,
  resource_type TEXT,
  scim_type TEXT,
  change_kind TEXT,
  form TEXT,
  base_url TEXT
) STRICT;

CREATE TABLE lean_calls (
  position INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  duration_us INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  failed INTEGER,
  path TEXT,
  query TEXT,
  resource_id TEXT,
  resource_name TEXT,
  total_results INTEGER,
  sentence TEXT,
  detail TEXT,
  request_headers_id INTEGER,
  request_headers TEXT,
  request_body TEXT,
  request_bytes INTEGER,
  request_cut INTEGER,
  shown_row INTEGER,
  shown_revision INTEGER,
  shown_modified_at INTEGER,
  shown_references TEXT,
  shown_page TEXT,
  response_headers TEXT,
  response_body TEXT,
  response_bytes INTEGER,
  response_cut INTEGER,
  changes TEXT
) STRICT;

INSERT INTO call_kinds (key, method, path_ends_in_id, status, outcome, stage, via, practice, probe, source, resource_type,
    scim_type, change_kind)
  SELECT DISTINCT json_array(method, status, outcome, stage, via, practice, probe, source, resource_type, scim_type, change_kind),
    method, 0, status, outcome, stage, via, practice, probe, source, resource_type, scim_type, change_kind
  FROM calls;
INSERT INTO lean_calls (position, seq, at, duration_us, kind, failed, path, query, resource_id, resource_name, total_results,
    sentence, detail, request_headers, request_body, request_bytes, request_cut, response_headers, response_body,
    response_bytes, response_cut, changes)
  SELECT position, seq, at, CAST(duration_ms * 1000 AS INTEGER),
    (SELECT id FROM call_kinds WHERE key = json_array(calls.method, calls.status, calls.outcome, calls.stage, calls.via,
      calls.practice, calls.probe, calls.source, calls.resource_type, calls.scim_type, calls.change_kind)),
    CASE outcome WHEN 'failed' THEN 1 END, path, nullif(query, ''), resource_id, resource_name, total_results, sentence, detail,
    request_headers, request_body, request_bytes, nullif(request_cut, 0), response_headers, response_body, response_bytes,
    nullif(response_cut, 0), nullif(changes, '[]')
  FROM calls;
DROP TABLE calls;
ALTER TABLE lean_calls RENAME TO calls;
CREATE INDEX calls_failed ON calls (position) WHERE failed;

CREATE VIEW feed AS
  SELECT c.position, c.seq, c.at, c.duration_us, k.method,
    CASE WHEN c.path IS NOT NULL THEN c.path WHEN k.path_ends_in_id THEN k.path || c.resource_id ELSE k.path END AS path,
    c.query, k.status, k.outcome, k.stage, k.via, k.practice, k.probe, k.source, k.resource_type, c.resource_id, c.resource_name,
    c.total_results, k.scim_type, k.change_kind, c.sentence, c.failed
  FROM calls c JOIN call_kinds k ON k.id = c.kind;
`;
