import type { Words } from '../../src-main/contract/index.ts';

/** A text in pieces as one. */
export function plainWords(text: Words): string {
  return text.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}
