import type {
  AttributeChange,
  CallDetail,
  CapturedBody,
  Explanation,
  Json,
  MemberRef,
  RecordChange,
  Words,
} from '../../src-main/contract/index.ts';

type Fields = { [key: string]: Json };

/** A call from a file that anybody may have written; null when it is none. What is missing and can be done without is filled in. */
export function readCall(read: Json | undefined): CallDetail | null {
  if (!isFields(read)) return null;
  const { sentence } = read;
  if (!isNumber(read.position) || !isText(read.code) || !isNumber(read.at) || !isNumber(read.status)) return null;
  if (!isText(read.method) || !isText(read.path) || !isFields(sentence) || !isText(sentence.verb)) return null;
  return {
    position: read.position,
    code: read.code,
    at: read.at,
    durationMs: isNumber(read.durationMs) ? read.durationMs : 0,
    method: read.method,
    path: read.path,
    query: isText(read.query) ? read.query : '',
    status: read.status,
    scimType: textOf(read.scimType),
    outcome: oneOf(read.outcome, ['ok', 'odd', 'failed']),
    practice: read.practice === true,
    via: oneOf(read.via, ['public', 'local']),
    stage: oneOf(read.stage, ['endpoint', 'scim', 'directory']),
    probe: read.probe === true,
    resourceType: read.resourceType === 'User' || read.resourceType === 'Group' ? read.resourceType : null,
    resourceId: textOf(read.resourceId),
    resourceName: textOf(read.resourceName),
    action: isNumber(read.action) ? read.action : read.position,
    changeKind: changeKindOf(read.changeKind),
    sentence: { verb: sentence.verb, object: textOf(sentence.object), note: textOf(sentence.note) },
    requestHeaders: pairsOf(read.requestHeaders),
    requestBody: bodyOf(read.requestBody),
    responseHeaders: pairsOf(read.responseHeaders),
    responseBody: bodyOf(read.responseBody),
    answerGone: read.answerGone === true,
    source: isText(read.source) ? read.source : '',
    detail: textOf(read.detail),
    totalResults: isNumber(read.totalResults) ? read.totalResults : null,
    changes: listOf(read.changes, changeOf),
    changesGone: read.changesGone === true,
    why: listOf(read.why, (code) => (isText(code) ? code : null)),
    explanations: listOf(read.explanations, explanationOf),
  };
}

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isNumber = (value: Json | undefined): value is number => typeof value === 'number' && Number.isFinite(value);
const textOf = (value: Json | undefined): string | null => (isText(value) ? value : null);

function oneOf<Value extends string>(value: Json | undefined, values: readonly [Value, ...Value[]]): Value {
  return values.find((one) => one === value) ?? values[0];
}

function listOf<T>(value: Json | undefined, read: (one: Json) => T | null): T[] {
  return Array.isArray(value) ? value.map(read).filter((one) => one !== null) : [];
}

function pairsOf(value: Json | undefined): [string, string][] {
  return listOf(value, (pair) => {
    if (!Array.isArray(pair)) return null;
    const [name, text] = pair;
    return isText(name) && isText(text) ? [name, text] : null;
  });
}

function bodyOf(value: Json | undefined): CapturedBody | null {
  if (!isFields(value) || !isText(value.text)) return null;
  return { text: value.text, bytes: isNumber(value.bytes) ? value.bytes : value.text.length, cut: value.cut === true };
}

function changeKindOf(value: Json | undefined): RecordChange['kind'] | null {
  const kinds = ['created', 'updated', 'archived', 'restored', 'deleted'] as const;
  return kinds.find((kind) => kind === value) ?? null;
}

function memberOf(value: Json): MemberRef | null {
  return isFields(value) && isText(value.id) && isText(value.name) ? { id: value.id, name: value.name } : null;
}

function attributeOf(value: Json): AttributeChange | null {
  if (!isFields(value) || !isText(value.path)) return null;
  const change: AttributeChange = { path: value.path };
  if (value.before !== undefined) change.before = value.before;
  if (value.after !== undefined) change.after = value.after;
  if (isNumber(value.more)) change.more = value.more;
  return change;
}

function changeOf(value: Json): RecordChange | null {
  if (!isFields(value) || !isText(value.id) || !isText(value.name)) return null;
  const kind = changeKindOf(value.kind);
  if (kind === null) return null;
  return {
    resourceType: oneOf(value.resourceType, ['User', 'Group']),
    id: value.id,
    name: value.name,
    kind,
    attributes: listOf(value.attributes, attributeOf),
    membersAdded: listOf(value.membersAdded, memberOf),
    membersRemoved: listOf(value.membersRemoved, memberOf),
    ...(isNumber(value.moreAdded) ? { moreAdded: value.moreAdded } : {}),
    ...(isNumber(value.moreRemoved) ? { moreRemoved: value.moreRemoved } : {}),
  };
}

function wordsOf(value: Json | undefined): Words {
  return listOf<Words[number]>(value, (part) => {
    if (isText(part)) return part;
    return isFields(part) && isText(part.value) ? { value: part.value } : null;
  });
}

function explanationOf(value: Json): Explanation | null {
  if (!isFields(value) || !isText(value.code)) return null;
  const source = isFields(value.source) ? value.source : {};
  return {
    code: value.code,
    severity: oneOf(value.severity, ['info', 'odd', 'failed']),
    caller: oneOf(value.caller, ['azure', 'local', 'practice']),
    title: wordsOf(value.title),
    what: wordsOf(value.what),
    why: wordsOf(value.why),
    cure: listOf<Explanation['cure'][number]>(value.cure, (one) => {
      if (!isFields(one)) return null;
      const side = oneOf(one.side, ['here', 'azure', 'serviceops']);
      return { side, text: wordsOf(one.text), expression: textOf(one.expression) };
    }),
    source: { name: textOf(source.name) ?? '', url: textOf(source.url) ?? '' },
    rfc: textOf(value.rfc),
    faults: listOf(value.faults, (path) => (isText(path) ? path : null)),
  };
}
