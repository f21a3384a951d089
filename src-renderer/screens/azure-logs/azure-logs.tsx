import { Button, makeStyles, mergeClasses } from '@fluentui/react-components';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { AzureFilter, AzureImport, AzureSilent } from '../../../src-main/contract/index.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useCompact } from '../../ui/use-compact.ts';
import { useNow } from '../../ui/use-now.ts';
import { DropPlace } from './drop.tsx';
import { NoLogs } from './empty.tsx';
import { Entries } from './entries.tsx';
import { EntryPane } from './entry-pane.tsx';
import { ImportHead } from './import-head.tsx';
import { Report } from './report.tsx';
import { SilentCalls } from './silent-calls.tsx';
import { Summary } from './summary.tsx';
import { Timeline } from './timeline.tsx';
import { useImports } from './use-imports.ts';
import { NO_FILTER } from './use-rows.ts';

const useStyles = makeStyles({
  screen: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    height: '100%',
  },
  split: {
    gridTemplateColumns: 'minmax(0, 1fr) 448px',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr) 412px' },
    '@media (min-width: 1440px)': { gridTemplateColumns: 'minmax(0, 1fr) clamp(448px, 38vw, 640px)' },
  },
  main: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  tabs: { padding: '0 16px', flexShrink: 0 },
  words: { padding: '24px' },
});

interface ScreenProps {
  id: number | null;
  /** An entry, or the report. */
  part: string | undefined;
}

/** Azure's provisioning logs, imported and laid beside our calls. */
export function AzureLogs({ id, part }: ScreenProps) {
  const styles = useStyles();
  const { imports, failed, retry } = useImports();
  if (imports === undefined) {
    return failed ? (
      <section className={styles.words} aria-label="Azure logs">
        <p role="alert">The imported logs could not be read. Nothing is lost.</p>
        <Button onClick={() => void retry()}>Try again</Button>
      </section>
    ) : (
      <section aria-label="Azure logs" aria-busy />
    );
  }
  const log = id === null ? imports[0] : imports.find((one) => one.id === id);
  if (log === undefined) {
    return (
      <DropPlace>
        <NoLogs />
      </DropPlace>
    );
  }
  if (part === 'report') return <Report log={log} />;
  const row = part !== undefined && /^\d+$/.test(part) ? Number(part) : null;
  return (
    <DropPlace>
      <Import key={log.id} log={log} imports={imports} row={row} />
    </DropPlace>
  );
}

function Import({ log, imports, row }: { log: AzureImport; imports: readonly AzureImport[]; row: number | null }) {
  const styles = useStyles();
  const compact = useCompact();
  const now = useNow(30_000);
  const [, go] = useLocation();
  const [tab, setTab] = useState<'entries' | 'silent' | 'summary'>('entries');
  const [silent, setSilent] = useState<AzureSilent['why'] | null>(null);
  const [filter, setFilter] = useState<AzureFilter>(NO_FILTER);
  /** What the filter's person or cause is called. */
  const [named, setNamed] = useState<string | null>(null);
  /** Grows when the filter is set from elsewhere: the fields begin anew. */
  const [turn, setTurn] = useState(0);
  const choose = (to: number | null) =>
    go(to === null ? `/azure-logs/${log.id}` : `/azure-logs/${log.id}/${to}`, { replace: row !== null && to !== null });
  const show = (narrow: Partial<AzureFilter>, name: string | null) => {
    setFilter({ ...NO_FILTER, ...narrow });
    setNamed(name);
    setTurn(turn + 1);
    setTab('entries');
  };
  const { from, to } = log;
  const open = row !== null && tab === 'entries';
  return (
    <div className={mergeClasses(styles.screen, open && styles.split)}>
      <section className={styles.main} aria-label="Azure logs">
        <ImportHead log={log} imports={imports} filter={filter} now={now} />
        {from !== null && to !== null && (
          <Timeline
            id={log.id}
            whole={{ from, to }}
            span={filter.from === null || filter.to === null ? null : { from: filter.from, to: filter.to }}
            onSpan={(span) => setFilter({ ...filter, cycle: null, from: span?.from ?? null, to: span?.to ?? null })}
            now={now}
          />
        )}
        <div className={styles.tabs}>
          <Tabs
            look="line"
            label="Views of the log"
            value={tab}
            onChange={setTab}
            items={[
              { value: 'entries', name: 'Entries' },
              { value: 'silent', name: 'Calls without a row' },
              { value: 'summary', name: 'Summary' },
            ]}
          />
        </div>
        {tab === 'silent' && <SilentCalls log={log} why={silent} onWhy={setSilent} />}
        {tab === 'entries' && (
          <Entries
            key={turn}
            log={log}
            filter={filter}
            onFilter={setFilter}
            named={named}
            chosen={row}
            onChoose={choose}
            narrow={compact || open}
            now={now}
          />
        )}
        {tab === 'summary' && (
          <Summary
            log={log}
            now={now}
            onShow={show}
            onSilent={(why) => {
              setSilent(why);
              setTab('silent');
            }}
            onRow={(chosen) => {
              show({}, null);
              choose(chosen);
            }}
          />
        )}
      </section>
      {open && (
        <EntryPane
          id={log.id}
          row={row}
          now={now}
          onClose={() => choose(null)}
          onPerson={(person, name) => show({ person }, name ?? person)}
        />
      )}
    </div>
  );
}
