/**
 * The made-up company every side of the benchmark holds, computed from a number alone, so that nobody needs a list of it.
 * Every user is in two groups at every size (a department and a region), so that an answer weighs the same at every size.
 */

const started = Date.UTC(2026, 0, 1);
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** A user as Azure creates one. */
export function user(key: number | string) {
  return {
    schemas: [userSchema],
    userName: `user.${key}@bench.example`,
    externalId: `external-${key}`,
    displayName: `User ${key}`,
    active: true,
    title: 'Analyst',
    name: { givenName: 'User', familyName: String(key) },
    emails: [{ type: 'work', primary: true, value: `user.${key}@bench.example` }],
  };
}

/** The id of the n-th record a fill creates: in the order of time with a scattered tail, as the ids of the pilot are. */
export function idOf(n: number): string {
  const time = (started + n).toString(16).padStart(12, '0');
  const tail = [0x9e3779b1, 0x85ebca77].map((factor) => (Math.imul(n + 1, factor) >>> 0).toString(16).padStart(8, '0'));
  const [a = '', b = ''] = tail;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-8${a.slice(3, 6)}-${a.slice(6)}${b}${a.slice(0, 2)}`;
}

/** A group of `size` users: numbers `first`, `first + step`, …, so that it lies spread over the whole directory. */
export interface Group {
  name: string;
  size: number;
  first: number;
  step: number;
  /** Created as the n-th record: `idOf(record)` is its id. */
  record: number;
}

/** The user number of a group's i-th member. */
export const memberOf = ({ first, step }: Group, i: number): number => first + i * step;

/** A company of `users` users, a multiple of 1,000 (and of 100,000 where there are more): its groups, users created first. */
export function company(users: number) {
  let record = users;
  const split = (what: string, size: number): Group[] =>
    Array.from({ length: users / size }, (_, first) => ({
      name: `${what} ${first}`,
      size,
      first,
      step: users / size,
      record: record++,
    }));
  const ten: Group = { name: 'Ten', size: 10, first: 0, step: users / 10, record: record++ };
  const departments = split('Department', 1_000);
  const regions = split('Region', Math.min(users, 100_000));
  return { users, ten, departments, regions, all: [ten, ...departments, ...regions] };
}

export type Company = ReturnType<typeof company>;
