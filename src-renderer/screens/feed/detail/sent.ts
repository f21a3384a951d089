import type { CallDetail, Json, JsonObject } from '../../../../src-main/contract/index.ts';
import { readJson } from '../../../read-json.ts';

/** An attribute as a body sends it, by SCIM path. */
export interface SentAttribute {
  path: string;
  value: Json;
}

/** What says nothing about a user or group. */
const ENVELOPE = new Set(['schemas', 'meta', 'id']);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The attributes of a body, whatever form they have there; null where there is none to read. */
export function sentAttributes({
  requestBody,
  path,
}: Pick<CallDetail, 'requestBody' | 'path'>): SentAttribute[] | null {
  if (requestBody === null || requestBody.cut || path.endsWith('/Bulk')) return null;
  const body = readJson(requestBody.text);
  if (!isObject(body)) return null;
  const operations = Object.entries(body).find(([name]) => name.toLowerCase() === 'operations')?.[1];
  if (Array.isArray(operations)) return operations.flatMap((one) => (isObject(one) ? ofOperation(one) : []));
  return Object.entries(body).flatMap(([name, value]) => (ENVELOPE.has(name) ? [] : leaves(name, value)));
}

function ofOperation({ path, value = null }: JsonObject): SentAttribute[] {
  if (typeof path === 'string' && path !== '') return [{ path, value }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => leaves(name, one));
}

/** A value by its simple parts: `name.givenName`, `emails[type eq "work"].value`, `urn:…:User:department`. */
function leaves(path: string, value: Json): SentAttribute[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
    return value.flatMap((one) => {
      const { type, primary: _, ...parts } = one;
      const picked = typeof type === 'string' ? `${path}[type eq "${type}"]` : path;
      return Object.entries(parts).flatMap(([name, part]) => leaves(`${picked}.${name}`, part));
    });
  }
  if (!isObject(value)) return [{ path, value }];
  const separator = path.startsWith('urn:') && !/:(User|Group):[^:]+$/i.test(path) ? ':' : '.';
  return Object.entries(value).flatMap(([name, part]) => leaves(`${path}${separator}${name}`, part));
}

/** A path for comparing: letter case and the picked element aside, and `manager.value` as `manager`. */
function plain(path: string): string {
  return path
    .replaceAll(/\[[^\]]*\]/g, '')
    .replace(/\.value$/, '')
    .toLowerCase();
}

/** Whether an attribute is one of those that an explanation is about. */
export function isAtFault(path: string, faults: readonly string[]): boolean {
  const here = plain(path);
  return faults.some((fault) => {
    const at = plain(fault);
    return here === at || here.startsWith(`${at}.`) || here.endsWith(`:${at}`);
  });
}

/** The lines of a pretty body (from 1) that hold the attributes at fault. */
export function faultyLines(text: string, faults: readonly string[]): number[] {
  const lines = text.split('\n');
  const marked = new Set<number>();
  for (const fault of faults) for (const line of linesOf(lines, fault)) marked.add(line + 1);
  return [...marked].sort((a, b) => a - b);
}

function linesOf(lines: readonly string[], fault: string): number[] {
  const inOperation = lines.findIndex((line) => {
    const path = /^\s*"path": "(.*)",?$/i.exec(line)?.[1]?.replaceAll('\\"', '"');
    return path !== undefined && isAtFault(path, [fault]);
  });
  if (inOperation >= 0) {
    const value = lines[inOperation + 1] ?? '';
    return /^\s*"value"/i.test(value) ? [inOperation, inOperation + 1] : [inOperation];
  }
  const bare = fault.replaceAll(/\[[^\]]*\]/g, '');
  const leaf = bare.startsWith('urn:') ? bare.slice(bare.lastIndexOf(':') + 1) : bare;
  let at = -1;
  for (const name of leaf.split('.')) {
    const next = lines.findIndex((line, index) => index > at && isKey(line, name));
    if (next < 0) break;
    at = next;
  }
  return at < 0 ? [] : [at];
}

function isKey(line: string, name: string): boolean {
  const key = /^\s*"((?:[^"\\]|\\.)*)":/.exec(line)?.[1]?.toLowerCase() ?? '';
  const wanted = name.toLowerCase();
  return key === wanted || key.endsWith(`:${wanted}`) || key.endsWith(`.${wanted}`);
}
