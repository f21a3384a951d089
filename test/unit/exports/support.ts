import type { CallDetail, CapturedBody } from '../../../src-main/contract/index.ts';

export function bodyOf(value: unknown): CapturedBody {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text, bytes: Buffer.byteLength(text), cut: false };
}

/** A call as the pilot gives it: a create that worked, unless `part` says otherwise. */
export function callOf(part: Partial<CallDetail> = {}): CallDetail {
  return {
    position: 1,
    code: '7K2Q9',
    at: Date.UTC(2026, 10, 27, 10, 41, 19),
    durationMs: 21.4,
    method: 'POST',
    path: '/scim/v2/Users',
    query: '',
    status: 201,
    scimType: null,
    outcome: 'ok',
    practice: false,
    via: 'public',
    stage: 'directory',
    probe: false,
    resourceType: 'User',
    resourceId: null,
    resourceName: null,
    action: 1,
    changeKind: null,
    sentence: { verb: 'Created', object: null, note: null },
    requestHeaders: [
      ['Host', 'pilot.fabrikvale.example'],
      ['Authorization', 'Bearer [redacted]'],
      ['Content-Type', 'application/scim+json'],
    ],
    requestBody: null,
    responseHeaders: [['content-type', 'application/scim+json']],
    responseBody: null,
    answerGone: false,
    source: '198.51.100.20',
    detail: null,
    totalResults: null,
    changes: [],
    changesGone: false,
    why: [],
    explanations: [],
    ...part,
  };
}
