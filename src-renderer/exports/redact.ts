import type {
  AttributeChange,
  CallDetail,
  CapturedBody,
  Explanation,
  Json,
  RecordChange,
  Words,
} from '../../src-main/contract/index.ts';
import { readJson } from '../read-json.ts';
import { createIdentities, type Identities, type Kind } from './identities.ts';

/** What a redaction took out so far. */
export interface RedactionTally {
  calls: number;
  /** Different values by kind; of other values, how often one was taken out. */
  counts: Record<Kind, number>;
  /** Bodies that could not be read as JSON, or nest too deep for it, and were left out whole. */
  bodies: number;
  /** Some of what stands in place of what. */
  examples: { kind: Kind; from: string; to: string }[];
}

/**
 * Takes everything that tells of a person out of calls. Nothing is let through because it looks harmless: of a record's values
 * only those of SCIM's own grammar stay; the rest become placeholders, or keep their shape alone (`CC-12` becomes `XX-00`).
 */
export interface Redaction {
  /** To be told of every call before the first is redacted: the same person then has the same placeholder throughout. */
  learn(call: CallDetail): void;
  redact(call: CallDetail): CallDetail;
  /** A text that names somebody outside of calls, e.g. a userName in the settings. */
  userName(name: string): string;
  /** A host or address of the network. */
  host(host: string): string;
  tally(): RedactionTally;
}

/** Whose values are being read: a user, a group, or nobody known. */
interface Subject {
  group: boolean;
  number: number;
}

const hidden = '[redacted]';
const examplesAKind = 4;
const mail = /[^\s@"'<>()[\]{},;:=]+@[^\s@"'<>()[\]{},;:=]+/g;
const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;
const urlStart = /^https?:\/\//i;

/** Attributes whose text belongs to SCIM or to no person, by their last name in small letters, and what such a text looks like. */
const grammar = new Map<string, RegExp>([
  ['schemas', /^urn:[\w:.-]*$/i],
  ['op', /^(add|remove|replace)$/i],
  ['resourcetype', /^(User|Group)$/i],
  ['scimtype', /^(invalid\w+|tooMany|uniqueness|mutability|noTarget|sensitive)$/],
  ['status', /^\d{3}$/],
  ['method', /^[A-Z]{3,7}$/],
  ['version', /^W\/"[\w.-]*"$/],
  ['created', /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/],
  ['lastmodified', /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/],
  ['type', /^(work|home|other|mobile|fax|pager|user|group|direct|indirect)$/i],
  ['locale', /^[a-z]{2}([-_][a-z]{2})?$/i],
  ['preferredlanguage', /^[a-z]{2}([-_][a-z]{2})?$/i],
  ['timezone', /^(Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Indian|Etc)\/\w+$/],
  ['sortorder', /^(ascending|descending)$/i],
]);
/** Numbers that count or page. */
const plainNumbers = /^(status|totalresults|startindex|itemsperpage|count|failonerrors|maxresults)$/;

const ofNames = new Set(['displayname', 'formatted', 'givenname', 'familyname', 'middlename', 'nickname', 'display']);
const ofAddresses = new Set(['streetaddress', 'locality', 'region', 'postalcode', 'country']);

const segments = new Set([
  'scim',
  'v2',
  'Users',
  'Groups',
  'Schemas',
  'ServiceProviderConfig',
  'ResourceTypes',
  'Bulk',
  'Me',
  '.search',
]);

/** Headers that say nothing of anybody. */
const plainHeaders = new Set([
  'accept',
  'accept-encoding',
  'allow',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'etag',
  'expect',
  'if-match',
  'if-none-match',
  'retry-after',
  'transfer-encoding',
  'user-agent',
  'www-authenticate',
]);

/** Letters and digits give way, everything that a format is made of stays. */
export function shapeOf(text: string): string {
  return text
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/\p{L}/gu, (letter) => (letter === 'X' ? 'X' : 'x'))
    .replaceAll(/\p{N}/gu, '0')
    .replaceAll(/[^\p{ASCII}]/gu, 'x');
}

/** `urn:…:User:manager.value`, `emails[type eq "work"].value` → `manager.value`, `emails.value`, in small letters. */
function nameOf(path: string): string {
  return path
    .replace(/^urn:.*:(?=[^:]*$)/i, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .toLowerCase();
}

/** What stands together in a refused call need not belong to one person: the userName may be another's, and taken. */
const isRefused = ({ status }: CallDetail): boolean => status >= 400;

export function createRedaction(): Redaction {
  const identities: Identities = createIdentities();
  const seen = new Map<Kind, Map<string, string>>();
  let others = 0;
  let bodies = 0;
  let calls = 0;
  /** The call in hand was refused. */
  let refused = false;

  /** Notes what was put in place of what, and gives it. */
  function put(kind: Kind, from: string, to: string): string {
    if (kind === 'other values') others += 1;
    let values = seen.get(kind);
    if (values === undefined) {
      values = new Map();
      seen.set(kind, values);
    }
    if (kind !== 'other values' || values.size < examplesAKind) values.set(from, to);
    return to;
  }

  const shape = (text: string) => {
    const to = shapeOf(text);
    return to === text ? text : put('other values', text, to);
  };

  /** The one a single id, userName or e-mail stands for. */
  function someone(mark: string): Subject {
    const known = identities.known(mark);
    return known ?? { group: false, number: identities.of(false, [mark]) };
  }

  function id(value: string): string {
    const { group, number } = someone(value);
    const digits = number.toString(16).padStart(12, '0');
    if (new RegExp(`^${uuid.source}$`, 'i').test(value)) {
      return put('ids', value, `00000000-0000-4000-${group ? '9' : '8'}000-${digits}`);
    }
    return put('ids', value, `${group ? 'group' : 'user'}-id-${number}`);
  }

  function userName(value: string): string {
    const { number } = someone(value);
    return put('userNames', value, value.includes('@') ? `user-${number}@example.invalid` : `user-${number}`);
  }

  function email(value: string): string {
    const { group, number } = someone(value);
    return put('e-mails', value, `${group ? 'group' : 'user'}-${number}@example.invalid`);
  }

  function name(value: string, subject: Subject | null, part: string): string {
    if (value === '') return value;
    if (subject === null) return put('names', value, shapeOf(value));
    const { group, number } = subject;
    const word = group ? 'Group' : part === 'givenname' ? 'Given' : part === 'familyname' ? 'Family' : 'User';
    return put('names', value, `${word} ${number}`);
  }

  /** Whom a call's sentence is about: a search has only what it looked for, which may be somebody's userName. */
  function object(value: string, subject: Subject | null): string {
    const sought = subject === null ? identities.known(value) : null;
    return sought === null || sought.group ? name(value, subject, 'displayname') : userName(value);
  }

  function host(value: string): string {
    const bare = value.toLowerCase();
    if (/^(127\.0\.0\.1|localhost|\[?::1\]?)(:\d+)?$/.test(bare)) return value;
    const values = seen.get('hosts and IPs');
    const before = values?.get(bare);
    return before ?? put('hosts and IPs', bare, `host-${(values?.size ?? 0) + 1}.example.invalid`);
  }

  function url(value: string): string {
    const [, scheme = '', where = '', rest = ''] = /^(https?:\/\/)([^/?#]*)(.*)$/i.exec(value) ?? [];
    const [before = '', query] = rest.split('?');
    return `${scheme}${host(where)}${path(before)}${query === undefined ? '' : `?${queryText(query)}`}`;
  }

  /** Ids in a path; whatever else nobody serves keeps its shape. */
  function path(value: string): string {
    const parts = value.split('/');
    return parts
      .map((part, at) => {
        if (part === '' || segments.has(part) || /^urn:ietf:params:scim:/i.test(part)) return part;
        const under = parts[at - 1];
        return under === 'Users' || under === 'Groups' ? encodeURIComponent(id(decoded(part))) : shape(decoded(part));
      })
      .join('/');
  }

  /** What a filter compares with, by the attribute it names. */
  function filter(text: string): string {
    return text.replaceAll(
      /(?:([\w:.$-]+(?:\[[^\]]*\][\w.]*)?)\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+)?"((?:[^"\\]|\\.)*)"/gi,
      (whole, attribute: string | undefined, literal: string) => {
        const clean = attribute === undefined ? loose(literal) : leaf(nameOf(attribute), literal, null);
        const before = whole.slice(0, whole.length - literal.length - 2);
        return (before.includes('"') ? filter(before) : before) + JSON.stringify(clean);
      },
    );
  }

  function queryText(query: string): string {
    return query
      .split('&')
      .map((part) => {
        const at = part.indexOf('=');
        if (at < 0) return shape(decoded(part));
        const key = part.slice(0, at);
        const value = decoded(part.slice(at + 1));
        if (key.toLowerCase() === 'filter') return `${key}=${encodeURIComponent(freeFilter(value))}`;
        return /^(attributes|excludedattributes|sortby|sortorder|startindex|count|aadoptscim062020)$/i.test(key)
          ? part
          : `${shape(key)}=${encodeURIComponent(shape(value))}`;
      })
      .join('&');
  }

  /** A filter whose quotes don't pair is no filter: it keeps its shape alone. */
  function freeFilter(text: string): string {
    return /^(?:[^"]|"(?:[^"\\]|\\.)*")*$/.test(text) ? patterns(filter(text)) : shape(text);
  }

  /** A value of which nothing is known but its text. */
  function loose(text: string): string {
    const known = identities.known(text);
    if (new RegExp(`^${uuid.source}$`, 'i').test(text)) return id(text);
    if (new RegExp(`^${mail.source}$`).test(text)) return email(text);
    if (known !== null) return id(text);
    return shape(text);
  }

  /** Ids and e-mails wherever they stand in words. */
  function patterns(text: string): string {
    return text
      .replaceAll(mail, (one) => (one.endsWith('example.invalid') ? one : email(one)))
      .replaceAll(uuid, (one) => (one.startsWith('00000000-0000-4000-') ? one : id(one)));
  }

  /** One simple value, by its attribute's name (in small letters). */
  function leaf(attribute: string, value: string, subject: Subject | null): string {
    const names = attribute.split('.');
    const [first = ''] = names;
    const last = names.at(-1) ?? '';
    if (/passw(or)?d$/.test(first)) return hidden;
    if (value === '' || /^(true|false)$/i.test(value)) return value;
    if (grammar.get(last)?.test(value)) return value;
    if (urlStart.test(value)) return url(value);
    if (first === 'username') return userName(value);
    if (first === 'emails') return last === 'display' ? name(value, subject, last) : email(value);
    if (first === 'phonenumbers') return put('phone numbers', value, shapeOf(value));
    if (first === 'addresses' || ofAddresses.has(last)) return put('addresses', value, shapeOf(value));
    if (first === 'ims' || first === 'photos' || first === 'profileurl') return shape(value);
    if (first === 'manager') return last === 'displayname' ? name(value, null, last) : id(value);
    if (first === 'members' || first === 'groups') return last === 'display' ? name(value, null, last) : id(value);
    if (first === 'name' || ofNames.has(last)) return name(value, subject, last);
    if (first === 'id' || first === 'externalid' || first === 'employeenumber') return id(value);
    return loose(value);
  }

  /** A record, or part of one. */
  function value(attribute: string, one: Json, subject: Subject | null): Json {
    if (typeof one === 'string') return leaf(attribute, one, subject);
    if (typeof one === 'number') {
      const last = attribute.split('.').at(-1) ?? '';
      return plainNumbers.test(last) || one === 0 ? one : numberShape(one);
    }
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map((element) => value(attribute, element, subject));
    return record(attribute, one, subject);
  }

  function numberShape(one: number): number {
    others += 1;
    return Number(String(Math.trunc(one)).replaceAll(/[1-9]/g, '1')) || 1;
  }

  function record(attribute: string, one: { [key: string]: Json }, outer: Subject | null): Json {
    const subject = refused ? (outer ?? subjectOf(one)) : (subjectOf(one) ?? outer);
    const own = new Map(Object.entries(one).map(([key, each]) => [key.toLowerCase(), each]));
    const operation = typeof own.get('op') === 'string';
    const target = own.get('path');
    const prefix = operation && typeof target === 'string' ? nameOf(target) : '';
    return Object.fromEntries(
      Object.entries(one).map(([written, each]) => {
        const key = written.includes('"') ? freeFilter(written) : written;
        const lower = key.toLowerCase();
        if (lower === 'detail' && typeof each === 'string') return [key, words(each)];
        if (lower === 'resources' || lower === 'operations' || lower === 'data' || lower === 'response') {
          return [key, value('', each, null)];
        }
        if (lower === 'path' && typeof each === 'string') {
          return [key, each.startsWith('/') ? path(each) : freeFilter(each)];
        }
        if (lower === 'location' || lower === '$ref') return [key, typeof each === 'string' ? reference(each) : each];
        if (operation && lower === 'value') return [key, value(prefix, each, subject)];
        return [key, value(insideOf(attribute, key), each, subject)];
      }),
    );
  }

  function reference(text: string): string {
    if (urlStart.test(text)) return url(text);
    return text.includes('/') ? path(text) : id(text);
  }

  /** Words for people that quote values. */
  function words(text: string): string {
    return /^(?:[^"]|"(?:[^"\\]|\\.)*")*$/.test(text) ? patterns(filter(text)) : shape(text);
  }

  function body(one: CapturedBody | null, subject: Subject | null): CapturedBody | null {
    if (one === null || one.text === '') return one;
    const parsed = one.cut ? undefined : parse(one.text);
    if (parsed === undefined) {
      bodies += 1;
      return { ...one, text: `[left out: ${one.bytes} bytes that are no whole JSON]` };
    }
    return { ...one, text: JSON.stringify(value('', parsed, subject)) };
  }

  function header([key, text]: readonly [string, string]): [string, string] {
    const lower = key.toLowerCase();
    if (lower === 'authorization') return [key, hidden];
    if (lower === 'host') return [key, host(text)];
    if (lower === 'location' || lower === 'content-location')
      return [key, urlStart.test(text) ? url(text) : path(text)];
    if (/^(x-forwarded-for|x-real-ip|forwarded)$/.test(lower)) {
      return [
        key,
        text
          .split(',')
          .map((one) => host(one.trim()))
          .join(', '),
      ];
    }
    return [key, plainHeaders.has(lower) ? patterns(text) : shape(text)];
  }

  function subjectOfCall(call: CallDetail): Subject | null {
    const marks = call.resourceId === null ? [] : [call.resourceId];
    const sent = call.requestBody === null || call.requestBody.cut ? undefined : parse(call.requestBody.text);
    if (sent !== undefined && isRecord(sent)) marks.push(...marksOf(sent));
    const [first] = marks;
    if (first === undefined || call.resourceType === null) return null;
    const group = call.resourceType === 'Group';
    if (!isRefused(call)) return { group, number: identities.of(group, marks) };
    const strange = call.resourceId === null ? marks.filter((mark) => identities.known(mark) === null) : [first];
    return strange.length > 0 ? { group, number: identities.of(group, strange) } : someone(first);
  }

  function subjectOf(one: { [key: string]: Json }): Subject | null {
    const marks = marksOf(one);
    if (marks.length === 0) return null;
    const known = marks.map((mark) => identities.known(mark)).find((found) => found !== null);
    if (known !== undefined && known !== null) return known;
    const group = isGroup(one);
    return { group, number: identities.of(group, marks) };
  }

  function attributes(list: readonly AttributeChange[], subject: Subject | null): AttributeChange[] {
    return list.map((change) => {
      const at = nameOf(change.path);
      const next: AttributeChange = { ...change, path: freeFilter(change.path) };
      if (change.before !== undefined) next.before = value(at, change.before, subject);
      if (change.after !== undefined) next.after = value(at, change.after, subject);
      return next;
    });
  }

  function change(one: RecordChange): RecordChange {
    const group = one.resourceType === 'Group';
    const subject = { group, number: identities.of(group, [one.id]) };
    const member = (each: { id: string; name: string }) => ({
      id: id(each.id),
      name: name(each.name, someone(each.id), 'displayname'),
    });
    const { position: _position, ...rest } = one;
    return {
      ...rest,
      id: id(one.id),
      name: name(one.name, subject, 'displayname'),
      attributes: attributes(one.attributes, subject),
      membersAdded: one.membersAdded.map(member),
      membersRemoved: one.membersRemoved.map(member),
    };
  }

  function explanation(one: Explanation): Explanation {
    /** Our own words stay; what came over the wire is told apart in them, and names of attributes stay as well. */
    const said = (text: Words): Words =>
      text.map((part) => {
        if (typeof part === 'string') return part;
        return { value: one.faults.includes(part.value) ? freeFilter(part.value) : words(loose(part.value)) };
      });
    return {
      ...one,
      title: said(one.title),
      what: said(one.what),
      why: said(one.why),
      cure: one.cure.map(({ side, text, expression }) => ({
        side,
        text: said(text),
        expression: expression === null ? null : words(expression),
      })),
      faults: one.faults.map(freeFilter),
    };
  }

  /** Notes whose marks stand together in a record or anything within it. */
  function learnFrom(one: Json, group: boolean | null): void {
    if (typeof one !== 'object' || one === null) return;
    if (Array.isArray(one)) {
      for (const each of one) learnFrom(each, group);
      return;
    }
    const marks = marksOf(one);
    if (marks.length > 0) identities.of(isGroup(one) || group === true, marks);
    for (const [key, each] of Object.entries(one)) {
      if (/^(resources|operations|data|response)$/i.test(key)) learnFrom(each, group);
    }
  }

  return {
    learn(call) {
      if (isRefused(call)) return;
      subjectOfCall(call);
      const group = call.resourceType === null ? null : call.resourceType === 'Group';
      for (const each of [call.requestBody, call.responseBody]) {
        const parsed = each === null || each.cut ? undefined : parse(each.text);
        if (parsed !== undefined) learnFrom(parsed, group);
      }
      for (const each of call.changes) {
        const sent = each.attributes.flatMap(({ path: at, after }) =>
          typeof after === 'string' && /^(username|externalid|emails\.value)$/.test(nameOf(at)) ? [after] : [],
        );
        identities.of(each.resourceType === 'Group', [each.id, ...sent]);
      }
    },

    redact(call) {
      calls += 1;
      refused = isRefused(call);
      const subject = subjectOfCall(call);
      const { sentence } = call;
      return {
        position: call.position,
        code: call.code,
        at: call.at,
        durationMs: call.durationMs,
        method: call.method,
        path: path(call.path),
        query: call.query === '' ? '' : queryText(call.query),
        status: call.status,
        scimType: call.scimType,
        outcome: call.outcome,
        practice: call.practice,
        via: call.via,
        stage: call.stage,
        probe: call.probe,
        resourceType: call.resourceType,
        resourceId: call.resourceId === null ? null : id(call.resourceId),
        resourceName: call.resourceName === null ? null : name(call.resourceName, subject, 'displayname'),
        action: call.action,
        changeKind: call.changeKind,
        // A remark may quote anything: it is left out.
        sentence: {
          verb: sentence.verb,
          object: sentence.object === null ? null : object(sentence.object, subject),
          note: null,
        },
        requestHeaders: call.requestHeaders.map(header),
        requestBody: body(call.requestBody, subject),
        responseHeaders: call.responseHeaders.map(header),
        responseBody: body(call.responseBody, subject),
        answerGone: call.answerGone,
        source: host(call.source),
        detail: call.detail === null ? null : words(call.detail),
        totalResults: call.totalResults,
        changes: call.changes.map(change),
        changesGone: call.changesGone,
        why: call.why,
        explanations: call.explanations.map(explanation),
      };
    },

    userName,
    host,

    tally() {
      const counts = {} as Record<Kind, number>;
      const examples: RedactionTally['examples'] = [];
      for (const [kind, values] of seen) {
        counts[kind] = kind === 'other values' ? others : values.size;
        for (const [from, to] of [...values].slice(0, examplesAKind)) examples.push({ kind, from, to });
      }
      return { calls, counts, bodies, examples };
    },
  };
}

function parse(text: string): Json | undefined {
  return readJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An extension's attributes lie at the top of a user as well. */
function insideOf(attribute: string, key: string): string {
  const lower = key.toLowerCase();
  if (/^urn:/i.test(lower)) return lower.includes(':', 4) && /:(user|group)$/.test(lower) ? '' : nameOf(key);
  const own = nameOf(key);
  return attribute === '' ? own : `${attribute}.${own}`;
}

/** What stands for a record alone: its ids, its userName and its first e-mail. */
function marksOf(one: { [key: string]: Json }): string[] {
  const own = new Map(Object.entries(one).map(([key, each]) => [key.toLowerCase(), each]));
  // Not of a member or a manager, whose `value` is another's id.
  const marks = ['id', 'externalid', 'username'].map((key) => own.get(key));
  const emails = own.get('emails');
  if (Array.isArray(emails) && marks.some((mark) => typeof mark === 'string')) {
    for (const each of emails) if (isRecord(each)) marks.push(each.value);
  }
  return marks.filter((mark): mark is string => typeof mark === 'string' && mark !== '');
}

function isGroup(one: { [key: string]: Json }): boolean {
  const schemas = one.schemas;
  return Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && /:Group$/.test(urn));
}
