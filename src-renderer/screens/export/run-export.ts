import { useCallback, useEffect, useRef, useState } from 'react';
import type { Json } from '../../../src-main/contract/index.ts';
import { writeBundle } from '../../exports/bundle.ts';
import { type CallsWanted, learnCalls, writeCalls } from '../../exports/collect.ts';
import { type ExportFormat, exportFormats } from '../../exports/formats.ts';
import { createRedaction, type Redaction, type RedactionTally } from '../../exports/redact.ts';
import { fileName, saveContent } from '../../files.ts';
import { problemOfFile } from '../../ui/problem-of.ts';
import { explanationOf, readFacts } from './bundle-facts.ts';

/** What is to be written. */
export interface ExportOrder {
  wanted: CallsWanted;
  /** Null: a support bundle. */
  format: ExportFormat | null;
  redacted: boolean;
  note: string;
}

/** How far an export, or the look at what it would take out, has come. */
export interface ExportState {
  doing: 'looking' | 'writing';
  calls: number;
}

const ndjson = exportFormats[0] as ExportFormat;

/** A look through all calls: what would be taken out of them. */
export async function lookThrough(
  wanted: CallsWanted,
  onProgress: (calls: number) => void,
  signal: AbortSignal,
): Promise<RedactionTally> {
  const redaction = createRedaction();
  await learnCalls(wanted, redaction, () => undefined, signal);
  await writeCalls(wanted, { ...ndjson, entry: () => '' }, redaction, onProgress, signal);
  return redaction.tally();
}

/** Writes an export and gives the file. */
async function write(
  { wanted, format, redacted, note }: ExportOrder,
  tell: (state: ExportState) => void,
  signal: AbortSignal,
): Promise<{ name: string; content: Blob; calls: number }> {
  const redaction: Redaction | null = redacted ? createRedaction() : null;
  const now = Date.now();
  if (redaction !== null) {
    await learnCalls(wanted, redaction, (calls) => tell({ doing: 'looking', calls }), signal);
  }
  const writing = (calls: number) => tell({ doing: 'writing', calls });
  if (format !== null) {
    const { content, calls } = await writeCalls(wanted, format, redaction, writing, signal);
    return { name: fileName('calls', now, format.extension), content, calls };
  }
  const explanations: Json[] = [];
  const noting: ExportFormat = {
    ...ndjson,
    entry(call) {
      const said = explanationOf(call);
      if (said !== null) explanations.push(said);
      return ndjson.entry(call);
    },
  };
  const { content, calls } = await writeCalls(wanted, noting, redaction, writing, signal);
  const facts = await readFacts(redaction, signal);
  const about = { format: 'scim-pilot-support-bundle', version: 1, createdAt: now, redacted, calls, note } as const;
  const bundle = await writeBundle(about, content, { ...facts, explanations: explanations.reverse() }, signal);
  return { name: fileName('support-bundle', now, 'zip'), content: bundle, calls };
}

/** An export on its way: started, told of, given up. */
export function useExport() {
  const [state, setState] = useState<ExportState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<{ name: string; calls: number; bytes: number } | null>(null);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = useCallback(async (order: ExportOrder) => {
    const own = new AbortController();
    stop.current = own;
    setProblem(null);
    setDone(null);
    setState({ doing: order.redacted ? 'looking' : 'writing', calls: 0 });
    try {
      const { name, content, calls } = await write(order, setState, own.signal);
      own.signal.throwIfAborted();
      saveContent(name, content);
      setDone({ name, calls, bytes: content.size });
    } catch (error) {
      if (!own.signal.aborted) setProblem(problemOfFile(error));
    }
    if (stop.current === own) setState(null);
  }, []);
  const cancel = useCallback(() => {
    stop.current?.abort();
    setState(null);
  }, []);
  return { state, problem, done, start, cancel };
}
