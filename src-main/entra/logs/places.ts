/** A place in a text, from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Moves a place over `text`, which follows it. */
export function placeAfter({ line, column }: Place, text: string): Place {
  const last = text.lastIndexOf('\n');
  if (last < 0) return { line, column: column + text.length };
  let lines = line;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return { line: lines, column: text.length - last };
}
