/**
 * The one case folding of the pilot, for attributes that are not case-exact: NFC, then lower case, independent of locale.
 * Shadow columns, uniqueness and filters must all use it.
 *
 * Lower case writes a Greek sigma in two ways, by what follows it. Part of a text would then not be found in the whole: “ΟΣ”
 * is in “ΟΣΑΣ”. Unicode folds both to one (CaseFolding.txt), and so does this.
 */
export function fold(text: string): string {
  const lower = text.normalize('NFC').toLowerCase();
  return lower.includes(finalSigma) ? lower.replaceAll(finalSigma, '\u03c3') : lower;
}

const finalSigma = '\u03c2';

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
