import type { GuideStepId } from '../../../src-main/contract/index.ts';

/** Which names the portal has for things: the admin center's of today, or those of the ServiceOps guide. */
export type Labels = 'today' | 'older';

/** A line of the sketch; `number` ties it to an instruction. */
export interface SketchItem {
  kind: 'button' | 'field' | 'row' | 'heading';
  label: string;
  number?: number;
  value?: 'url' | 'token';
}

/** What an instruction has beside its words. */
export type Field = 'url' | 'both-urls' | 'token' | 'portal' | 'fields' | 'counts' | 'limit' | 'start';

export interface Instruction {
  /** `**bold**` marks the portal's own words. */
  words: string;
  field?: Field;
}

/** A tick of its own within a step. */
export interface Check {
  name: string;
  words: string;
}

/** A step as the guide tells it. */
export interface StepText {
  title: string;
  /** The pane's headline. */
  headline: string;
  /** Rows of the ServiceOps guide. */
  row: string;
  why: string;
  where: Record<Labels, string[]>;
  /** The part of the application's address that opens the right blade; null: the portal's start. */
  blade: 'Overview' | 'Users' | 'Provisioning' | null;
  instructions: Record<Labels, Instruction[]>;
  sketch: Record<Labels, SketchItem[]> | null;
  /** How we will know. */
  proof: string;
  /** What is listened for; null: nothing can be seen. */
  listening: string | null;
  /**
   * How long before silence means something, seconds, and what it then likely is. `pressed`: the words by which the admin says
   * that the portal's part is done, from when on it counts.
   */
  patience: { seconds: number; causes: string[]; pressed?: string } | null;
  /** The words of the admin's own tick, and its name in the guide; null without one. */
  tick: { name: string; words: string } | null;
  checks: Check[];
  notes: string[];
}

const both = <T>(value: T): Record<Labels, T> => ({ today: value, older: value });

export const stepTexts: Record<GuideStepId, StepText> = {
  before: {
    title: 'Before you start',
    headline: 'Have these at hand',
    row: '0',
    why: 'The set-up stops half-way when one of these is missing. SCIM Pilot looks at what it can see from here; the rest is yours to tick.',
    where: both(['entra.microsoft.com']),
    blade: null,
    instructions: both([]),
    sketch: null,
    proof: 'The ticks are your own word: SCIM Pilot asks Azure nothing.',
    listening: null,
    patience: null,
    tick: null,
    checks: [
      {
        name: 'before.role',
        words: 'A role that may manage enterprise applications: Application Administrator or more',
      },
      {
        name: 'before.licence',
        words:
          'An Entra ID P1 or P2 licence, as the ServiceOps guide asks: Azure needs it to assign groups and to show provisioning logs',
      },
      { name: 'before.users', words: 'Two or three test users with mail, department and manager filled in' },
      { name: 'before.group', words: 'One small security group without groups inside, of at most five members' },
    ],
    notes: [
      'ServiceOps tenant admin accounts are excluded: they are never synced.',
      'mail is empty for cloud-only users: map Coalesce([mail], [userPrincipalName]) to the e-mail later.',
    ],
  },
  endpoint: {
    title: 'Endpoint ready',
    headline: 'An address that Azure can reach',
    row: '0',
    why: 'Azure calls from the internet, so this endpoint needs a public https address.',
    where: both(['here', 'Settings', 'Connection']),
    blade: null,
    instructions: both([
      { words: 'Choose how Azure gets here: an **ngrok** tunnel that SCIM Pilot runs, or an address of your own.' },
      { words: 'This is the address as it stands now.', field: 'url' },
    ]),
    sketch: null,
    proof: 'Seen working once our own call to the public address came in here.',
    listening: 'Waiting for a public address that leads here…',
    patience: {
      seconds: 10,
      causes: [
        'The tunnel was refused: the authtoken is wrong, or another session uses it.',
        'A proxy or TLS inspection on this network stands between here and ngrok.',
        'An address of your own does not lead to this port, or changes the Host header.',
      ],
    },
    tick: null,
    checks: [],
    notes: [
      'When the address changes, the Tenant URL in Azure is stale: paste the new one, the token again, test and save.',
    ],
  },
  application: {
    title: 'Create the application',
    headline: 'An application of your own in Azure',
    row: '1–2',
    why: 'Provisioning belongs to an enterprise application. A non-gallery one takes any SCIM endpoint.',
    where: {
      today: ['Entra ID', 'Enterprise apps', 'New application', 'Create your own application'],
      older: ['Azure Active Directory', 'Enterprise Applications', 'New application', 'Create your own application'],
    },
    blade: null,
    instructions: {
      today: [
        { words: 'Press **+ New application**, then **+ Create your own application**.' },
        {
          words:
            'Name it, choose **Integrate any other application you don’t find in the gallery (Non-gallery)**, press **Create**.',
        },
        { words: 'On its **Provisioning** page press **+ New configuration**.' },
        {
          words: 'Paste the address of the application’s page, so that links here open the right place.',
          field: 'portal',
        },
      ],
      older: [
        { words: 'Press **+ New application**, then **Create your own application**.' },
        {
          words:
            'Name it, choose **Integrate any other application you don’t find in the gallery (Non-gallery)**, press **Create**.',
        },
        {
          words:
            'On its Overview press **Provision User Accounts**, then **+ New Configuration** or **Connect your application**.',
        },
        {
          words: 'Paste the address of the application’s page, so that links here open the right place.',
          field: 'portal',
        },
      ],
    },
    sketch: both([
      { kind: 'heading', label: 'Create your own application' },
      { kind: 'field', label: 'What’s the name of your app?', number: 2 },
      { kind: 'row', label: 'Integrate any other application', number: 2 },
      { kind: 'button', label: 'Create', number: 2 },
    ]),
    proof: 'Azure says nothing of it: this takes your own tick.',
    listening: null,
    patience: null,
    tick: { name: 'application', words: 'I created it' },
    checks: [],
    notes: [],
  },
  connect: {
    title: 'Connect',
    headline: 'Give Azure the address and the token',
    row: '3',
    why: 'Azure has to know where to send people and how to prove that it may. Testing changes nothing.',
    where: {
      today: ['Enterprise apps', 'your application', 'Provisioning', 'Connectivity'],
      older: ['Enterprise Applications', 'your application', 'Provisioning', 'Admin Credentials'],
    },
    blade: 'Provisioning',
    instructions: {
      today: [
        { words: '**Tenant URL**', field: 'both-urls' },
        { words: '**Secret Token**', field: 'token' },
        { words: 'Press **Test Connection**. The calls show here within a second.' },
        { words: 'Then press **Create**: that can’t be seen from here.' },
      ],
      older: [
        { words: '**Tenant URL**', field: 'both-urls' },
        { words: '**Secret Token**', field: 'token' },
        { words: 'Press **Test Connection**. The calls show here within a second.' },
        { words: 'Then press **Save**: that can’t be seen from here.' },
      ],
    },
    sketch: {
      today: [
        { kind: 'heading', label: 'Connectivity' },
        { kind: 'field', label: 'Tenant URL', number: 1, value: 'url' },
        { kind: 'field', label: 'Secret Token', number: 2, value: 'token' },
        { kind: 'button', label: 'Test Connection', number: 3 },
        { kind: 'button', label: 'Create', number: 4 },
      ],
      older: [
        { kind: 'button', label: 'Save', number: 4 },
        { kind: 'heading', label: 'Admin Credentials' },
        { kind: 'field', label: 'Tenant URL', number: 1, value: 'url' },
        { kind: 'field', label: 'Secret Token', number: 2, value: 'token' },
        { kind: 'button', label: 'Test Connection', number: 3 },
      ],
    },
    proof:
      'Heard once both look-ups, for a user and for a group, came with this token and were answered 200. Seen working with the next call after them.',
    listening: 'Listening for Azure’s test call…',
    patience: {
      seconds: 15,
      pressed: 'I pressed Test Connection',
      causes: [
        'A proxy or firewall in front of an address of your own turns Azure away.',
        'The Tenant URL has a typing error: it ends in /scim/v2, without a slash behind it.',
        'Test Connection was not pressed yet, or the fields were left with blanks around the values.',
      ],
    },
    tick: { name: 'connect', words: 'I pressed Create or Save' },
    checks: [],
    notes: [],
  },
  assign: {
    title: 'Assign',
    headline: 'Assign two test users and the group',
    row: '4',
    why: 'With the usual scope Azure provisions only who is assigned to the application.',
    where: {
      today: ['Enterprise apps', 'your application', 'Users and groups'],
      older: ['Enterprise Applications', 'your application', 'Manage', 'Users and groups'],
    },
    blade: 'Users',
    instructions: both([
      { words: 'Press **+ Add user/group**, then **None Selected**.' },
      { words: 'Choose the test users and the group, press **Select**, then **Assign**.' },
      {
        words:
          'How many users did you assign? More than that and a few are refused here, so that a scope of all users does no harm.',
        field: 'limit',
      },
      { words: 'Wait 2 to 5 minutes: “not assigned” is usual at first.' },
    ]),
    sketch: both([
      { kind: 'button', label: '+ Add user/group', number: 1 },
      { kind: 'heading', label: 'Add Assignment' },
      { kind: 'row', label: 'None Selected', number: 1 },
      { kind: 'button', label: 'Assign', number: 2 },
    ]),
    proof: 'Your own tick; proved when the next step brings somebody.',
    listening: null,
    patience: null,
    tick: { name: 'assign', words: 'I assigned them' },
    checks: [],
    notes: [
      'ServiceOps tenant admins are excluded: leave them unassigned.',
      'Users and groups that came by SCIM should not be changed or deleted by hand: it leads to mismatches.',
    ],
  },
  'on-demand': {
    title: 'Provision one user on demand',
    headline: 'One user, now',
    row: '4',
    why: 'It takes seconds instead of a cycle of 40 minutes, and says at which of four stages it stopped.',
    where: {
      today: ['Enterprise apps', 'your application', 'Provisioning', 'Provision on demand'],
      older: ['Enterprise Applications', 'your application', 'Provisioning', 'Provision on demand'],
    },
    blade: 'Provisioning',
    instructions: both([
      { words: 'Open **Provision on demand** and pick one of the assigned users.' },
      { words: 'Press **Provision**. Azure looks for the user here, then creates or updates it.' },
    ]),
    sketch: both([
      { kind: 'heading', label: 'Provision on demand' },
      { kind: 'field', label: 'Select a user or group', number: 1 },
      { kind: 'button', label: 'Provision', number: 2 },
      { kind: 'row', label: '1. Import user' },
      { kind: 'row', label: '2. Determine if user is in scope' },
      { kind: 'row', label: '3. Match user' },
      { kind: 'row', label: '4. Perform action' },
    ]),
    proof: 'Seen working once a look-up and then a create or update of that user came.',
    listening: 'Listening for the look-up and the create…',
    patience: {
      seconds: 45,
      causes: [
        'It stopped before reaching us. Look at the portal’s stage: “Determine if user is in scope” names the reason.',
        'The user is not assigned yet: that takes 2 to 5 minutes.',
        'The connection was tested but not saved.',
      ],
    },
    tick: null,
    checks: [],
    notes: [],
  },
  mappings: {
    title: 'Custom fields and mappings',
    headline: 'What flows into which field',
    row: '5–6',
    why: 'ServiceOps’ custom fields are not in Azure’s list until they are added there, each by its exact name.',
    where: {
      today: ['your application', 'Provisioning', 'Attribute mapping', 'Provision Microsoft Entra ID Users'],
      older: ['your application', 'Provisioning', 'Mappings', 'Provision Azure Active Directory Users'],
    },
    blade: 'Provisioning',
    instructions: both([
      {
        words: 'Define the fields under Attributes here; they are listed with a button to copy each name.',
        field: 'fields',
      },
      {
        words:
          'In Azure tick **Show advanced options**, open **Edit attribute list for customappsso**, add each name with its type, **Save**.',
      },
      {
        words:
          'Press **Add New Mapping**: choose the **Source attribute** and the new **Target attribute**, **Ok**, then **Save**.',
      },
      { words: 'Map **objectId** to **externalId**: the default, mailNickname, can change.' },
      { words: 'Provision the test user on demand again.' },
    ]),
    sketch: both([
      { kind: 'heading', label: 'Attribute Mapping' },
      { kind: 'row', label: 'userPrincipalName → userName' },
      { kind: 'row', label: 'Show advanced options', number: 2 },
      { kind: 'row', label: 'Edit attribute list for customappsso', number: 2 },
      { kind: 'button', label: 'Add New Mapping', number: 3 },
    ]),
    proof: 'Seen working once every custom field has come with a value.',
    listening: 'Listening for the fields’ values…',
    patience: {
      seconds: 45,
      causes: [
        'The source attribute is empty for this user: Azure then sends nothing.',
        'The name in Azure’s attribute list differs in a letter: it shows under Unmapped here.',
        'The mapping applies “Only during object creation”.',
      ],
    },
    tick: { name: 'mappings', words: 'The mappings are as I want them' },
    checks: [],
    notes: [],
  },
  leaver: {
    title: 'Leaver test',
    headline: 'See somebody leave',
    row: '9',
    why: 'Archiving is what ServiceOps promises, and what nobody tries before it matters.',
    where: {
      today: ['Enterprise apps', 'your application', 'Users and groups'],
      older: ['Enterprise Applications', 'your application', 'Manage', 'Users and groups'],
    },
    blade: 'Users',
    instructions: both([
      { words: 'Remove the assignment of a throw-away user that was provisioned before.' },
      { words: 'Open **Provision on demand**, pick that user, press **Provision**.' },
    ]),
    sketch: both([
      { kind: 'heading', label: 'Users and groups' },
      { kind: 'row', label: 'Throw-away user', number: 1 },
      { kind: 'button', label: 'Remove assignment', number: 1 },
    ]),
    proof: 'Seen working once active came as false and the user was archived here.',
    listening: 'Listening for active: false…',
    patience: {
      seconds: 45,
      causes: [
        'The user was disabled or deleted in Entra: provision on demand does not find such users.',
        'The user is still assigned through a group.',
        'active is not mapped, or Update and Delete are unticked under Target Object Actions.',
      ],
    },
    tick: null,
    checks: [],
    notes: [],
  },
  start: {
    title: 'Start provisioning',
    headline: 'Start the cycles',
    row: '7',
    why: 'From here on Azure comes by itself, about every 40 minutes. The first cycle takes longer.',
    where: {
      today: ['Enterprise apps', 'your application', 'Provisioning', 'Overview'],
      older: ['Enterprise Applications', 'your application', 'Provisioning', 'Overview (Preview)'],
    },
    blade: 'Provisioning',
    instructions: {
      today: [
        { words: 'Under **Properties** see that the scope is **Sync only assigned users and groups**.' },
        { words: 'Give a notification e-mail and switch on accidental deletion prevention.' },
        { words: 'Press **Start provisioning**, then **Yes**. What it will bring:', field: 'start' },
      ],
      older: [
        { words: 'Under **Settings** see that the scope is **Sync only assigned users and groups**.' },
        { words: 'Give a notification e-mail and switch on **Prevent accidental deletion**.' },
        {
          words:
            'Press **Start Provisioning**, then **Yes** (older still: **Provisioning Status: On**, **Save**). What it will bring:',
          field: 'start',
        },
      ],
    },
    sketch: both([
      { kind: 'heading', label: 'Overview' },
      { kind: 'button', label: 'Start provisioning', number: 3 },
      { kind: 'row', label: 'Scope: only assigned', number: 1 },
      { kind: 'row', label: 'Notification e-mail', number: 2 },
    ]),
    proof: 'Calls after your tick are probably the first cycle.',
    listening: 'Listening for the first cycle…',
    patience: {
      seconds: 900,
      causes: [
        'Nobody is assigned.',
        'Provisioning was not started, or was stopped again.',
        'The job is in quarantine: the portal says so.',
      ],
    },
    tick: { name: 'start', words: 'I started it' },
    checks: [],
    notes: ['Far more users than expected? The scope may be “Sync all users and groups”: stop provisioning.'],
  },
  verify: {
    title: 'Verify',
    headline: 'Do both sides say the same?',
    row: '8',
    why: 'The portal counts what it believes; here is what came.',
    where: {
      today: ['Enterprise apps', 'your application', 'Provisioning', 'Overview'],
      older: ['Enterprise Applications', 'your application', 'Provisioning'],
    },
    blade: 'Provisioning',
    instructions: both([
      { words: 'Compare the portal’s counts with what came here.', field: 'counts' },
      { words: 'Open **Provisioning logs**: each failed row quotes the code of the call that is shown here.' },
      { words: 'Look into **Users** and **Groups** in the Directory here, as you would in ServiceOps.' },
    ]),
    sketch: both([
      { kind: 'heading', label: 'Provisioning' },
      { kind: 'row', label: 'Users 5', number: 1 },
      { kind: 'row', label: 'Groups 1', number: 1 },
      { kind: 'button', label: 'View provisioning logs', number: 2 },
    ]),
    proof: 'Whether both agree is yours to say: the portal’s numbers can’t be seen from here.',
    listening: null,
    patience: null,
    tick: { name: 'verify', words: 'Both say the same' },
    checks: [],
    notes: [
      'For the rollout never swap the URL and token on this application: Azure keeps our ids. Make a new application for ServiceOps.',
    ],
  },
  finish: {
    title: 'Finish the pilot',
    headline: 'Clean up, in this order',
    row: '9',
    why: 'An application left behind goes on calling, and a token left behind goes on working.',
    where: both(['Enterprise apps', 'your application', 'Properties']),
    blade: 'Overview',
    instructions: both([]),
    sketch: null,
    proof: 'The ticks are your own word; the dots are what SCIM Pilot looked at.',
    listening: null,
    patience: null,
    tick: null,
    checks: [
      { name: 'finish.report', words: 'Note what was found: failures, odd values, fields that never came' },
      { name: 'finish.stop', words: 'Stop provisioning in the portal' },
      { name: 'finish.application', words: 'Delete the enterprise application there' },
      { name: 'finish.token', words: 'Revoke the Secret Token here, turn the tunnel off and forget its authtoken' },
      { name: 'finish.data', words: 'Erase what came: Settings, Data, Erase everything' },
    ],
    notes: ['For the rollout make a new application: on this one Azure keeps the ids of the pilot.'],
  },
};
