import { departments, groupNames, jobTitles, nameFamilies } from './names.ts';
import { type SeededRandom, seededRandom } from './random.ts';

/** A user as Entra holds it: attributes by Entra's own names, absent when empty. */
export interface SourceUser {
  objectId: string;
  attributes: Record<string, string>;
  /** Object id of the manager, a user of the same tenant. */
  manager: string | null;
}

export interface SourceGroup {
  objectId: string;
  displayName: string;
  /** Object ids of the members. */
  members: string[];
}

/** What is assigned to the enterprise application: everything in it is in scope. */
export interface SourceTenant {
  users: SourceUser[];
  groups: SourceGroup[];
}

const domain = 'fabrikvale.example';
const two = (value: number): string => String(value).padStart(2, '0');

/** An invented tenant: the same people and groups for the same numbers and seed. All domains are reserved ones (RFC 2606). */
export function inventTenant(size: { users: number; groups: number; seed: number }): SourceTenant {
  const random = seededRandom(size.seed);
  const families = nameFamilies.map((family) => ({
    ...family,
    given: random.shuffled(family.given),
    surname: random.shuffled(family.surname),
  }));
  const users: SourceUser[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < size.users; index++) {
    const family = families[index % families.length];
    if (!family) throw new RangeError('No names to invent people from.');
    const turn = Math.floor(index / families.length);
    const given = family.given[turn % family.given.length];
    const surname = family.surname[(turn + Math.floor(turn / family.given.length)) % family.surname.length];
    if (!given || !surname) throw new RangeError('A family of names is empty.');
    const alias = freeAlias(`${given[1]}.${surname[1]}`, taken);
    const line = two(index % 100);
    const attributes: Record<string, string> = {
      userPrincipalName: `${alias}@${domain}`,
      IsSoftDeleted: 'False',
      displayName: family.display(given[0], surname[0]),
      jobTitle: random.pick(jobTitles),
      mail: `${alias}@${domain}`,
      preferredLanguage: family.office.language,
      givenName: given[0],
      surname: surname[0],
      physicalDeliveryOfficeName: family.office.office,
      streetAddress: family.office.street,
      city: family.office.city,
      state: family.office.state,
      postalCode: family.office.postalCode,
      country: family.office.country,
      telephoneNumber: `${family.office.dial} 555 01${line}`,
      mailNickname: alias,
      employeeId: String(70_400 + index),
      department: random.pick(departments),
    };
    // Not everyone has a mobile or a fax: an update can then add what was never there (docs/entra.md quirk 9).
    if (index % 3 === 1) attributes.mobile = `${family.office.dial} 555 02${line}`;
    if (index % 5 === 3) attributes.facsimileTelephoneNumber = `${family.office.dial} 555 03${line}`;
    const manager = index === 0 ? null : (users[Math.floor((index - 1) / 4)]?.objectId ?? null);
    users.push({ objectId: random.guid(), attributes, manager });
  }
  return { users, groups: inventGroups(size.groups, users, random) };
}

/** Entra keeps userPrincipalName unique by counting up; so do we. */
function freeAlias(wanted: string, taken: Set<string>): string {
  let alias = wanted;
  for (let count = 2; taken.has(alias); count++) alias = `${wanted}${count}`;
  taken.add(alias);
  return alias;
}

/** The first group holds everybody, the others about half each, so that groups overlap as they do in real tenants. */
function inventGroups(count: number, users: readonly SourceUser[], random: SeededRandom): SourceGroup[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / groupNames.length);
    const name = groupNames[index % groupNames.length] ?? 'Group';
    const members = index === 0 ? users : random.shuffled(users).slice(0, Math.ceil(users.length / 2));
    return {
      objectId: random.guid(),
      displayName: round === 0 ? name : `${name} ${round + 1}`,
      members: members.map(({ objectId }) => objectId),
    };
  });
}

/**
 * A day in the tenant: someone moves to another department, someone marries and gets a mobile, the last one leaves, the first
 * group loses a member and the last group gets a new name. Changes the tenant in place and returns what changed. `stamp` makes that name new in every run: group names must be
 * unique, so a second run against the same endpoint would otherwise collide with the first one's group.
 */
export function changeTenant(tenant: SourceTenant, seed: number, stamp: string): (SourceUser | SourceGroup)[] {
  const random = seededRandom(seed + 1);
  const changed = new Set<SourceUser | SourceGroup>();
  const [mover, newlywed] = tenant.users;
  const leaver = tenant.users.length > 1 ? tenant.users.at(-1) : undefined;
  if (mover) {
    mover.attributes.department = another(departments, mover.attributes.department, random);
    mover.attributes.jobTitle = another(jobTitles, mover.attributes.jobTitle, random);
    mover.attributes.mobile = '+353 85 555 0101';
    changed.add(mover);
  }
  if (newlywed && newlywed !== leaver) {
    const surname = `${newlywed.attributes.surname ?? ''}-Hollós`;
    newlywed.attributes.surname = surname;
    newlywed.attributes.displayName = `${newlywed.attributes.givenName ?? ''} ${surname}`;
    changed.add(newlywed);
  }
  if (leaver) {
    leaver.attributes.IsSoftDeleted = 'True';
    changed.add(leaver);
  }
  const [first] = tenant.groups;
  if (first && first.members.length > 0) {
    // Not the leaver: Entra leaves the memberships of a disabled user alone (docs/entra.md §1.10).
    first.members.splice(Math.min(1, first.members.length - 1), 1);
    changed.add(first);
  }
  const renamed = tenant.groups.at(-1);
  if (renamed) {
    renamed.displayName = `${renamed.displayName} ${stamp}`;
    changed.add(renamed);
  }
  return [...changed];
}

function another(from: readonly string[], current: string | undefined, random: SeededRandom): string {
  return random.pick(from.filter((one) => one !== current));
}
