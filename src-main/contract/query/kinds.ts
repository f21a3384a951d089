import type { TermKind } from './term.ts';
import { action } from './terms/action.ts';
import { flags } from './terms/flags.ts';
import { identity } from './terms/identity.ts';
import { method } from './terms/method.ts';
import { ms } from './terms/ms.ts';
import { names } from './terms/names.ts';
import { scimType } from './terms/scimtype.ts';
import { status } from './terms/status.ts';
import { attribute, texts } from './terms/texts.ts';
import { times } from './terms/times.ts';
import { via } from './terms/via.ts';
import { why } from './terms/why.ts';

/** Every kind of condition, in the order in which they are offered. */
export const termKinds: readonly TermKind[] = [
  ...flags,
  ...names,
  status,
  action,
  why,
  attribute,
  ...times,
  ...texts,
  method,
  ms,
  scimType,
  via,
  ...identity,
];

export const kindOf = (key: string): TermKind | undefined => termKinds.find((kind) => kind.key === key.toLowerCase());
