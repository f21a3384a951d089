/**
 * Why a call is as it is: codes of the explanation catalogue, a space between them, the gravest first; NULL for none. Calls of
 * one kind share them, so that counting by code looks at kinds only.
 */
export const why = `
ALTER TABLE call_kinds ADD COLUMN why TEXT;

DROP VIEW feed;
CREATE VIEW feed AS
  SELECT c.position, c.seq, c.at, c.duration_us, k.method,
    CASE WHEN c.path IS NOT NULL THEN c.path WHEN k.path_ends_in_id THEN k.path || c.resource_id ELSE k.path END AS path,
    c.query, k.status, k.outcome, k.stage, k.via, k.practice, k.probe, k.source, k.resource_type, c.resource_id, c.resource_name,
    c.total_results, k.scim_type, k.change_kind, c.sentence, c.failed, c.action, k.why
  FROM calls c JOIN call_kinds k ON k.id = c.kind;
`;
