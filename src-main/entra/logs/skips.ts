import type { AzureEntry, AzureSkip } from '../../contract/index.ts';

/** How Azure writes each of its reasons to skip: in the details of the scoping step, in codes, in sentences. */
const signs: readonly [skip: AzureSkip, sign: RegExp][] = [
  [
    'not-assigned',
    /assigned (?:to|in) the application: false|not effectively entitled|NotEffectivelyEntitled|not assigned/i,
  ],
  [
    'out-of-scope',
    /scoping filter evaluation passed: false|in ?provisioning ?scope: false|out ?of ?scope|scoping filter/i,
  ],
  ['inactive', /active in the source system: false|isactive: false/i],
  [
    'nothing-to-change',
    /redundant ?export|redundantimport|no changes?\b|nothing to|state of the entry .*already match/i,
  ],
  ['no-match-value', /importskipped|matching attribute .*(?:missing|null|empty)|missing .*matching/i],
];

/** Why Azure skipped an entry, as far as its words tell. */
export function skipOf({ error, steps }: AzureEntry): AzureSkip | null {
  const said = [
    error?.code,
    error?.reason,
    error?.details,
    ...steps.flatMap(({ name, description, details }) => [
      name,
      description,
      ...details.map(([key, value]) => `${key}: ${value}`),
    ]),
  ].join('\n');
  return signs.find(([, sign]) => sign.test(said))?.[0] ?? null;
}
