import { expect, test } from 'vitest';
import type { TunnelStatus } from '../../../src-main/contract/index.ts';
import { detectSteps, type GuideSignals } from '../../../src-main/insight/guide/detect.ts';

const now = Date.UTC(2026, 2, 3, 8);
const up: TunnelStatus = {
  kind: 'ngrok',
  state: 'up',
  since: now,
  publicOrigin: 'https://new.ngrok.app',
  reach: { ok: true, at: now, problem: null },
  problem: null,
  nextTryAt: null,
  stale: null,
};

const nothing: GuideSignals['facts'] = {
  ...{
    userProbe: null,
    groupProbe: null,
    refused: null,
    astray: null,
    lookUp: null,
    firstWrite: null,
    lastWrite: null,
  },
  ...{ failure: null, archived: null, deleted: null, activity: null, newest: null },
  ...{ created: 0, updated: 0, archivedCount: 0, failed: 0, groups: 0 },
};

function endpointWith(tunnel: Partial<TunnelStatus>) {
  const steps = detectSteps({
    facts: nothing,
    tunnel: { ...up, ...tunnel },
    ticks: {},
    portalKnown: false,
    azureLog: null,
    fields: { all: 0, missing: [] },
    limit: null,
    now,
  });
  return steps.find(({ id }) => id === 'endpoint');
}

test('an address that leads here is seen', () => {
  expect(endpointWith({})).toMatchObject({ state: 'seen', words: 'The public address leads here.' });
});

test('a tunnel that is refused says why, and what to do', () => {
  const problem = { code: 'ERR_NGROK_107', what: 'The authtoken is not known.', cure: 'Copy it again.', link: null };
  expect(endpointWith({ state: 'down', reach: null, problem })).toMatchObject({
    state: 'problem',
    words: 'The authtoken is not known. Copy it again.',
  });
});

test('where Azure still calls another address, the whole recipe is said', () => {
  const stale = { seenOrigin: 'https://old.ngrok.app', publicOrigin: 'https://new.ngrok.app' };
  const { state, words } = endpointWith({ stale }) ?? {};
  expect(state).toBe('problem');
  expect(words).toContain('https://old.ngrok.app');
  for (const part of ['Tenant URL', 'token again', 'test, save', 'quarantine', 'ids stay'])
    expect(words).toContain(part);
});

test('no more than four missing fields are named in the dock', () => {
  const missing = ['A', 'B', 'C', 'D', 'E', 'F'];
  const steps = detectSteps({
    facts: nothing,
    tunnel: up,
    ticks: {},
    portalKnown: false,
    azureLog: null,
    fields: { all: 6, missing },
    limit: null,
    now,
  });
  expect(steps.find(({ id }) => id === 'mappings')?.words).toBe('Not come yet: A, B, C, D and 2 more.');
});
