import type { CallQuestion, SavedFilters } from '../calls/index.ts';
import type { TunnelProblem } from '../contract/catalogue/tunnel.ts';
import type {
  Appearance,
  AttributesOverview,
  BackupFile,
  CallDetail,
  CallMinute,
  CallPage,
  CallRetention,
  CallSummary,
  CallTally,
  CopyProgress,
  CustomField,
  Cycle,
  DataAccess,
  DeletedRecords,
  Erasable,
  ExportedCalls,
  FaultOrder,
  FieldType,
  FileFacts,
  GroupDetail,
  GroupEdit,
  GroupRow,
  Guide,
  HandEdit,
  HistoryPage,
  HistoryQuestion,
  NewField,
  NextCycle,
  Overview,
  Page,
  PilotData,
  PilotEntry,
  PilotEvent,
  PilotStatus,
  Ports,
  PracticeActivity,
  PracticeOptions,
  PracticeRecords,
  PracticeRun,
  ProfileRule,
  ProfileRuleState,
  ReadAzureSchema,
  ReadSchemas,
  ReadyFile,
  ReplayDraft,
  ReplayPlace,
  ReplayRequest,
  ReplayResult,
  ResourceType,
  Restored,
  SettledValues,
  TableQuestion,
  TenantAdmin,
  TunnelSettings,
  TunnelSettingsChange,
  TunnelStatus,
  TunnelUsage,
  UserDetail,
  UserRow,
  Versions,
} from '../contract/index.ts';
import type { AzureLogs } from '../insight/index.ts';

/** A custom field after a change, and what became of values stored before. */
export interface FieldAnswer {
  field: CustomField;
  stored: SettledValues;
}

/** A pilot event with the id from which a window resumes after a drop. */
export interface NumberedEvent {
  /** Position of the newest call the receiver knows once it has this event. */
  id: number;
  event: PilotEvent;
}

/**
 * What the window may ask of the pilot that is open. `pilot.ts` builds it from the rooms; the tRPC router is thin over it.
 * Window queries never run on the SCIM path: those marked async may run in the query worker.
 */
export interface PilotApi {
  status(): PilotStatus;
  /** Gives the pilot another name. */
  rename(name: string): Promise<void>;
  /** The status tells no longer that the pilot was away. */
  dismissAway(): void;
  /** Every event after `lastId` (null: from now on), until `signal` aborts. Starts with what was missed, then a status. */
  watch(lastId: number | null, signal: AbortSignal): AsyncIterable<NumberedEvent>;
  overview(): Promise<Overview>;
  /** What a security review asks for. */
  dataAccess(signal?: AbortSignal): Promise<DataAccess>;
  feed: {
    /** Newest first, at most `limit` (1 to 500). Refused with a `RequestError` when the query can't be read. */
    page(question: CallQuestion): Promise<CallPage>;
    /** Those of these positions whose calls fit the query. */
    matching(query: string, positions: number[]): Promise<number[]>;
    /** The calls of an action, by the position of its first one, oldest first: the newest 2,000 that are kept. */
    action(position: number): Promise<CallSummary[]>;
    /** How many of the kept calls failed, were odd, or were practised. */
    tally(): Promise<CallTally>;
    filters: SavedFilters;
    /** Null when no such call is stored (retention, or never). */
    call(code: string): Promise<CallDetail | null>;
    /** The last hour, a bucket a minute, oldest first; empty minutes absent. */
    minutes(): Promise<CallMinute[]>;
    /** What calls that came close together probably were, oldest first. */
    cycles(): Promise<Cycle[]>;
    /** About when Azure's next cycle comes; null while that can't be told. */
    nextCycle(): Promise<NextCycle | null>;
  };
  /** How much of the calls is kept. */
  calls: {
    retention(): CallRetention;
    /** Older calls go little by little from then on. */
    setRetention(retention: CallRetention): Promise<void>;
  };
  directory: {
    users(question: TableQuestion, signal?: AbortSignal): Promise<Page<UserRow>>;
    user(id: string): Promise<UserDetail | null>;
    groups(question: TableQuestion, signal?: AbortSignal): Promise<Page<GroupRow>>;
    group(id: string): Promise<GroupDetail | null>;
    history(question: HistoryQuestion): Promise<HistoryPage | null>;
    /** How many records differ from what was last sent. */
    drifted(): Promise<{ users: number; groups: number }>;
    /** What a purge of all deleted records would take. */
    deleted(): Promise<DeletedRecords>;
    /** How many records Azure knows by their ids. */
    known(): Promise<number>;
    /** The admin's acts by hand. What can't be done is refused with a `RequestError`. */
    editUser(id: string, edits: HandEdit[]): Promise<void>;
    editGroup(id: string, edit: GroupEdit): Promise<void>;
    putBack(type: ResourceType, id: string): Promise<void>;
    restore(type: ResourceType, id: string): Promise<Restored>;
    purge(type: ResourceType, id: string): Promise<void>;
    purgeDeleted(): Promise<DeletedRecords>;
  };
  /** What can't be done is refused with a `RequestError`. */
  attributes: {
    fields(): CustomField[];
    /** Fields, unmapped attributes and Azure's default mappings, each with who has a value. */
    overview(signal?: AbortSignal): Promise<AttributesOverview>;
    define(field: NewField): Promise<FieldAnswer>;
    defineFromUnmapped(path: string, label: string, type: FieldType): Promise<FieldAnswer>;
    /** `attribute` null: the attribute stays; else the values move to the new one. */
    rename(id: number, to: { label: string; attribute: string | null }): Promise<FieldAnswer>;
    /** Values stay, unmapped from then on. */
    retire(id: number): Promise<void>;
    /** What an exported synchronisation schema says; nothing is changed. Refused with a `RequestError`. */
    readSchema(text: string): ReadAzureSchema;
    /** Its mappings are those that Azure is known to have from now on. */
    useSchema(text: string): Promise<void>;
    /** Azure's default mappings again. */
    forgetSchema(): Promise<void>;
  };
  /** What ServiceOps demands: enforced on every write of Azure. */
  profile: {
    rules(): ProfileRuleState[];
    /** What ServiceOps demands by the answer of its /Schemas; nothing is changed. Refused with a `RequestError`. */
    read(text: string): ReadSchemas;
    /** All rules, in place of those there were. Refused with a `RequestError`. */
    set(rules: ProfileRule[]): Promise<void>;
  };
  /** How Azure reaches us; its state is in the status. What is refused comes back as a problem, and changes nothing. */
  tunnel: {
    settings(): TunnelSettings;
    /** `pastedAuthtoken`: null where the stored one stays. */
    save(change: TunnelSettingsChange, pastedAuthtoken: string | null): Promise<TunnelProblem | null>;
    /** Asks ngrok whether it takes this authtoken. */
    checkAuthtoken(pasted: string, signal: AbortSignal): Promise<TunnelProblem | null>;
    forgetAuthtoken(): Promise<void>;
    /** Resolves when the start is under way; how it goes is in the status. */
    start(): Promise<void>;
    /** Resolves when no session is left. */
    stop(): Promise<void>;
    /** Tries the public address now. */
    check(): Promise<TunnelStatus>;
    usage(): Promise<TunnelUsage>;
  };
  /** Local accounts of ServiceOps that SCIM neither sees nor touches. */
  tenantAdmins: {
    list(): TenantAdmin[];
    /** All userNames, in place of those there were. Refused with a `RequestError`. */
    set(userNames: string[]): Promise<void>;
  };
  /** Where the set-up stands. What can't be done is refused with a `RequestError`. */
  guide: {
    read(): Promise<Guide>;
    tick(name: string, on: boolean): Promise<void>;
    /** The application's ids are taken from its portal address. */
    setPortal(address: string): Promise<void>;
    /** How many users Azure is expected to create; null: any number. */
    setLimit(expected: number | null): Promise<void>;
    reset(): Promise<void>;
  };
  /** Captured calls, played again by the endpoint's own code. What can't be is refused with a `RequestError`. */
  replay: {
    /** Null when no such call is stored. */
    draft(code: string): Promise<ReplayDraft | null>;
    /** `request` null: as it was captured. */
    run(
      code: string,
      request: ReplayRequest | null,
      place: ReplayPlace,
      signal: AbortSignal,
    ): Promise<ReplayResult | null>;
  };
  /** What exports are made of. */
  export: {
    calls(codes: string[], signal?: AbortSignal): Promise<ExportedCalls>;
    versions(): Versions;
  };
  /** Entra, played against this pilot. */
  practice: {
    /** The run under way, else the last one; null before the first. */
    run(): PracticeRun | null;
    /** Refused with a `RequestError` while one is under way. */
    start(options: PracticeOptions): void;
    /** One activity alone, as a step of the guide has it. Refused as `start` is. */
    play(activity: PracticeActivity): void;
    stop(): void;
    /** Answers practice calls wrongly on purpose, until it has taken its calls or ten minutes have passed; its state is in the status. */
    startFaults(order: FaultOrder): void;
    stopFaults(): void;
    /** What `purge` would take. Walks over everything. */
    records(signal?: AbortSignal): Promise<PracticeRecords>;
    /** Purges what practice made, and says what it was. */
    purge(): Promise<PracticeRecords>;
  };
  /** Azure's provisioning logs, imported. What can't be done is refused with a `RequestError`. */
  azureLogs: Omit<AzureLogs, 'close'>;
  token: {
    /** The Secret Token in clear, for showing or copying by the admin's own press. Null when this host can't open it. */
    reveal(): Promise<string | null>;
    /** How it stands is in the status. All of these refuse a token fixed for this run with a `RequestError`. */
    rotate(): Promise<void>;
    revoke(): Promise<void>;
    setExpiry(days: number | null): Promise<void>;
  };
}

/** A file to restore or import: one that was handed in, or a copy in the pilot's own folder. */
export type FileSource = { ticket: string } | { backup: string };

/** The pilots of this data folder. What can't be done is refused with a `RequestError`. */
export interface PilotsApi {
  list(): Promise<PilotEntry[]>;
  /** A new, empty one, which is opened. */
  create(name: string): Promise<void>;
  open(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** A copy with a Secret Token and connection of its own, yet to be set; it is not opened. */
  duplicate(id: string, name: string): Promise<void>;
  /** What an erasure or a reset of the pilot would take. */
  erasable(id: string): Promise<Erasable>;
  /** As on its first day; name, Secret Token and connection stay. */
  reset(id: string): Promise<void>;
  /** One that is not open, for good. */
  remove(id: string): Promise<void>;
  /** The whole pilot as one file, without secrets. */
  export(id: string): Promise<ReadyFile>;
  /** A new pilot from a file; it is not opened. */
  import(ticket: string, name: string): Promise<void>;
}

/** The open pilot's data as a whole. What can't be done is refused with a `RequestError`. */
export interface DataApi {
  read(): Promise<PilotData>;
  /** Keeps a copy in the pilot's folder. */
  backUp(): Promise<BackupFile>;
  removeBackup(name: string): Promise<void>;
  fetchBackup(name: string): Promise<ReadyFile>;
  /** How far the copy under way has got; null when there is none. */
  progress(): CopyProgress | null;
  /** What a file holds, and what of Azure's it does not. */
  inspect(source: FileSource): Promise<FileFacts>;
  /** The file's content takes the place of all there is; name, Secret Token and connection stay. */
  restore(source: FileSource): Promise<void>;
  erase(what: 'calls' | 'everything'): Promise<void>;
}

/** A file on its way out. */
export interface OutgoingFile {
  name: string;
  bytes: number;
  body: ReadableStream<Uint8Array>;
}

/** Files that the window hands in and fetches, each by a ticket that can't be guessed. */
export interface FileDesk {
  /** Takes a file in and gives its ticket. Refused with a `RequestError`. */
  receive(body: ReadableStream<Uint8Array>): Promise<string>;
  /** Null when there is no such file. */
  send(ticket: string): OutgoingFile | null;
}

/** An event with the id to be handed back on resuming, as it is. */
export interface WatchedEvent {
  id: string;
  event: PilotEvent;
}

/** Whatever serves the window: one pilot is open at a time, others lie beside it. */
export interface WindowHost {
  /** The pilot that is open; while another is being opened: that one. */
  pilot(): Promise<PilotApi>;
  /** As the pilot's `watch`, over changes of the pilot: each begins with a `reset`, and `closed` tells of none that can be opened. */
  watch(lastId: string | null, signal: AbortSignal): AsyncIterable<WatchedEvent>;
  pilots: PilotsApi;
  data: DataApi;
  files: FileDesk;
  ports(): Promise<Ports>;
  /** Null: the default. The endpoint moves at once. Refused with a `RequestError`. */
  setScimPort(port: number | null): Promise<void>;
  /** Null: any free one. From the next start on. */
  setWindowPort(port: number | null): Promise<void>;
  setAppearance(appearance: Appearance): Promise<void>;
}

/** The context of every tRPC procedure. */
export interface ApiContext {
  host: WindowHost;
}
