/**
 * Answers show members without their names, and no empty `members`. Those that were sent with either and kept as which records
 * they showed can't be made again as they were: they are kept no longer. `null` stands for members that were not shown.
 */
export const plainMembers = `
UPDATE calls SET shown_row = NULL
  WHERE shown_row IS NOT NULL AND shown_references IS NOT 'null'
    AND kind IN (SELECT id FROM call_kinds WHERE resource_type = 'Group');
UPDATE calls SET shown_page = '[0,1,[0,0,0,null]]'
  WHERE shown_page IS NOT NULL AND json_array_length(shown_page) > 2 AND json_extract(shown_page, '$[2][3]') IS NOT NULL
    AND kind IN (SELECT id FROM call_kinds WHERE resource_type = 'Group');
`;
