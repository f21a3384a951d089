import type { Entry } from './types.ts';

/** Members of groups. */
export const groupEntries = {
  'SP-MEMBER-UNKNOWN': {
    severity: 'failed',
    title: 'A member to be added is not a user here',
    note: 'a member is not a user here',
    what: 'The call adds {ids|ids} as members, and there are no such users (400). No member of this call was added.',
    why: 'Azure sends the ids that it remembers for its users. The user was deleted here, or the id is from another pilot. Azure counts it as a failed reference.',
    cure: [
      { side: 'here', text: 'If the user lies among the deleted in Directory, restore it: it keeps its id.' },
      {
        side: 'azure',
        text: 'Otherwise restart the job through Microsoft Graph with resetScope Full, so that Azure looks for the users anew.',
      },
    ],
    source: 'restart',
    rfc: 'RFC 7643 §4.2',
  },
  'SP-MEMBER-PURGED': {
    severity: 'failed',
    title: 'A member to be added was purged here',
    note: 'a member was purged here',
    what: 'The call adds {ids|ids} as members, and these users were purged here (400). No member of this call was added.',
    why: 'Azure remembers the ids of purged users and goes on using them.',
    cure: [
      {
        side: 'azure',
        text: 'Restart the job through Microsoft Graph with resetScope Full, so that Azure looks for the users anew.',
      },
    ],
    source: 'restart',
    rfc: 'RFC 7643 §4.2',
  },
  'SP-MEMBER-GROUP': {
    severity: 'failed',
    title: 'A group was to become a member of a group',
    note: 'members must be users',
    what: 'The call adds {ids|ids} as members, and these are groups (400). No member of this call was added.',
    why: 'Azure provisions the direct members of a group only; groups within groups are not resolved.',
    cure: [
      { side: 'azure', text: 'Assign the inner group itself, or make its users direct members of the outer one.' },
    ],
    source: 'how',
    rfc: 'RFC 7643 §4.2',
  },
  'SP-MEMBER-FORM': {
    severity: 'failed',
    title: 'A member came without its id',
    what: 'Each member needs “value”, the id of the user; one came without (400). Nothing was stored.',
    why: 'Azure always sends the id. It is another client.',
    cure: [{ side: 'here', text: 'Have the client send an object with “value”, the user’s id, for each member.' }],
    source: 'patch',
    rfc: 'RFC 7643 §4.2',
  },
  'SP-MEMBER-PART': {
    severity: 'failed',
    title: 'A part of a member was to be changed',
    what: '{attribute|A part of a member} can’t be changed: members are added or removed whole (400). Nothing was stored.',
    why: 'Azure adds and removes members by their ids. It is another client.',
    cure: [{ side: 'here', text: 'Have the client remove the member and add another one.' }],
    source: 'patch',
    rfc: 'RFC 7643 §8.7.1',
  },
  'SP-MEMBERS-REPLACED': {
    severity: 'odd',
    title: 'All members of a group were replaced at once',
    note: 'members replaced: {removed|some} removed',
    what: 'The call set the list of members as a whole, and {removed|some} who were not in it were removed.',
    why: 'Azure adds and removes single members. It replaces lists where a server shows members although it asked to leave them out; the SCIM Validator does it too.',
    cure: [
      {
        side: 'here',
        text: 'Look who was removed, under Change. If they belong to the group in Entra, Azure has to send them again.',
      },
      { side: 'azure', text: 'Restart provisioning: memberships are compared anew.' },
    ],
    source: 'compliance',
    rfc: 'RFC 7644 §3.5.2.3',
  },
  'SP-MEMBERS-CLEARED': {
    severity: 'odd',
    title: 'A group was emptied by one call',
    note: 'all {removed|its} members removed at once',
    what: 'The call removed “members” without naming any, which means all: {removed|every member} left the group.',
    why: 'Azure names the members it removes, in a list or in brackets. So this is probably not Azure’s provisioning.',
    cure: [
      { side: 'here', text: 'Look at the source of the call. History in Directory shows who was in the group.' },
      { side: 'azure', text: 'If they belong there, Restart provisioning: memberships are compared anew.' },
    ],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2.2',
  },
} as const satisfies Record<string, Entry>;
