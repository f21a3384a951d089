import type { CallFacts, Verdict } from '../facts.ts';
import type { TermKind } from '../term.ts';

const units = {
  s: { ms: 1_000, name: 'second' },
  m: { ms: 60_000, name: 'minute' },
  h: { ms: 3_600_000, name: 'hour' },
  d: { ms: 86_400_000, name: 'day' },
};

/** A time as typed: its moment, the end of what it names (a day, a minute), and how it reads. */
interface Moment {
  /** Milliseconds since 1970. */
  from(now: number): number;
  to(now: number): number;
  words: string;
  /** So long ago: "in the last 10 minutes". */
  ago: string | null;
}

function startOfDay(at: number, days: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function day(words: string, from: (now: number) => number): Moment {
  return { from, to: (now) => startOfDay(from(now), 1), words, ago: null };
}

/** `10m`, `today`, `10:30`, `2026-11-19`, `2026-11-19T10:30`; by the clock of this machine. */
function parseMoment(value: string): Moment | null {
  const ago = /^(\d{1,6})([smhd])$/i.exec(value);
  if (ago !== null) {
    const unit = units[(ago[2] ?? 's').toLowerCase() as keyof typeof units];
    const amount = Number(ago[1]);
    const at = (now: number) => now - amount * unit.ms;
    const many = amount === 1 ? unit.name : `${amount} ${unit.name}s`;
    return { from: at, to: at, words: amount === 1 ? `1 ${unit.name} ago` : `${many} ago`, ago: many };
  }
  if (/^today$/i.test(value)) return day('today', (now) => startOfDay(now, 0));
  if (/^yesterday$/i.test(value)) return day('yesterday', (now) => startOfDay(now, -1));
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(value);
  if (clock !== null) {
    const [hours, minutes, seconds] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (hours > 23 || minutes > 59 || seconds > 59) return null;
    const from = (now: number) => new Date(now).setHours(hours, minutes, seconds, 0);
    return {
      from,
      to: (now) => from(now) + (clock[3] === undefined ? 60_000 : 1_000),
      words: `${value} today`,
      ago: null,
    };
  }
  const date = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/i.exec(value);
  if (date === null) return null;
  const [year, month, of, hours, minutes, seconds] = date.slice(1).map((part) => Number(part ?? 0));
  const at = new Date(year ?? 0, (month ?? 1) - 1, of, hours, minutes, seconds);
  if (at.getMonth() !== (month ?? 1) - 1 || at.getDate() !== of || (hours ?? 0) > 23 || (minutes ?? 0) > 59)
    return null;
  const from = () => at.getTime();
  if (date[4] === undefined) return day(value, from);
  const step = date[6] === undefined ? 60_000 : 1_000;
  return { from, to: () => at.getTime() + step, words: value.replace(/t/i, ' '), ago: null };
}

const expects = 'a time: 10m, 2h or 3d ago, today, 10:30, 2026-11-19 or 2026-11-19T10:30';
const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
type Span = (now: number) => { from: number; to: number };

const within =
  (span: Span) =>
  ({ at }: CallFacts, now: number): Verdict => {
    if (at === undefined) return undefined;
    const { from, to } = span(now);
    return at >= from && at < to;
  };

function timed(span: Span, is: string, not: string) {
  return { phrase: { is, not }, test: within(span), narrow: { span } };
}

const since: TermKind = {
  key: 'since',
  says: 'no older than',
  expects,
  parse(value) {
    const moment = parseMoment(value);
    if (moment === null) return null;
    const is = moment.ago === null ? `since ${moment.words}` : `in the last ${moment.ago}`;
    const not = moment.ago === null ? `before ${moment.words}` : `older than ${moment.ago}`;
    return timed((now) => ({ ...always, from: moment.from(now) }), is, not);
  },
  offers: () => [
    { value: '10m', says: 'the last 10 minutes' },
    { value: '1h', says: 'the last hour' },
    { value: 'today' },
    { value: '7d', says: 'the last 7 days' },
  ],
};

const until: TermKind = {
  key: 'until',
  says: 'no newer than',
  expects,
  parse(value) {
    const moment = parseMoment(value);
    if (moment === null) return null;
    return timed((now) => ({ ...always, to: moment.to(now) }), `until ${moment.words}`, `after ${moment.words}`);
  },
  offers: () => [{ value: '1h', says: 'an hour ago' }, { value: 'yesterday' }],
};

const between: TermKind = {
  key: 'between',
  says: 'from one time to another',
  expects: 'two times with two dots between, e.g. 2026-11-19..2026-11-20',
  parse(value) {
    const [first, last, more] = value.split('..').map(parseMoment);
    if (first == null || last == null || more !== undefined) return null;
    const words = `between ${first.words} and ${last.words}`;
    return timed((now) => ({ from: first.from(now), to: last.to(now) }), words, `not ${words}`);
  },
  offers: () => [{ value: 'yesterday..today' }, { value: '2h..1h', says: 'the hour before the last' }],
};

export const times: readonly TermKind[] = [since, until, between];
