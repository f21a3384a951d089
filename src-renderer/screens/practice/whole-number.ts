/** A whole number between two others; null for anything else. */
export function wholeNumber(text: string, from: number, to: number): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : null;
}
