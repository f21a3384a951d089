/**
 * The one case folding of the pilot, for attributes that are not case-exact: NFC, then lower case, independent of locale.
 * Shadow columns, uniqueness and filters must all use it.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/**
 * Orders text by code point, as SQLite orders UTF-8: negative, zero or positive. JavaScript's own `<` orders UTF-16 units,
 * which puts astral characters before U+E000..U+FFFF.
 */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates above every other UTF-16 unit, where their code points belong. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
}
