/**
 * Text is folded with one small sigma, where it had two. A record whose name would be that of another one keeps the old form:
 * nothing could tell the two apart by it.
 */
export const sigma = `
UPDATE OR IGNORE users SET user_name_fold = replace(user_name_fold, 'ς', 'σ') WHERE instr(user_name_fold, 'ς') > 0;
UPDATE users SET name_fold = replace(name_fold, 'ς', 'σ'), search = replace(search, 'ς', 'σ'),
  manager_id = replace(manager_id, 'ς', 'σ')
  WHERE instr(name_fold || search || ifnull(manager_id, ''), 'ς') > 0;
UPDATE OR IGNORE emails SET value_fold = replace(value_fold, 'ς', 'σ') WHERE instr(value_fold, 'ς') > 0;
DELETE FROM emails WHERE instr(value_fold, 'ς') > 0;
UPDATE OR IGNORE custom_fields SET label_fold = replace(label_fold, 'ς', 'σ') WHERE instr(label_fold, 'ς') > 0;
UPDATE OR IGNORE groups SET name_fold = replace(name_fold, 'ς', 'σ') WHERE instr(name_fold, 'ς') > 0;
UPDATE azure_entries SET search = replace(search, 'ς', 'σ'), person = replace(person, 'ς', 'σ')
  WHERE instr(search, 'ς') > 0 OR instr(person, 'ς') > 0;
`;
