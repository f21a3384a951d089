import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSwap16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { CallDetail } from '../../../src-main/contract/index.ts';
import { api, isNotFound } from '../../api.ts';
import { formatMoment } from '../../ui/format.ts';
import { useKeys } from '../../ui/keys.ts';
import { useNow } from '../../ui/use-now.ts';
import { PageHead } from './page-head.tsx';
import { answerTextOf, requestTextOf } from './texts.ts';
import { type Side, TwoSides } from './two-sides.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  failed: { padding: '24px 20px', color: tokens.colorNeutralForeground2 },
});

const titleOf = ({ sentence: { verb, object } }: CallDetail) => (object === null ? verb : `${verb} ${object}`);

/** Two captured calls side by side: requests, answers, and what each changed. */
export function Compare({ first, second }: { first: string; second: string }) {
  const styles = useStyles();
  const [, go] = useLocation();
  const now = useNow(60_000);
  const before = useQuery(api.feed.detail.queryOptions({ code: first }));
  const after = useQuery(api.feed.detail.queryOptions({ code: second }));
  const back = () => {
    go(`/feed/${second}`);
    return true;
  };
  useKeys({ escape: back });
  const sides = useMemo(() => {
    if (before.data === undefined || after.data === undefined) return null;
    return [before.data, after.data].map(
      (call): Side => ({
        name: `${call.code}, ${formatMoment(call.at, now)}: ${titleOf(call)}`,
        request: requestTextOf(call),
        answer: answerTextOf(call),
        answerGone: call.answerGone,
        changes: call.changes,
        changesGone: call.changesGone,
      }),
    ) as [Side, Side];
  }, [before.data, after.data, now]);
  const missing = [before, after].find(({ isError }) => isError);
  return (
    <section className={styles.page} aria-label="Compare two calls">
      <PageHead title={`Compare ${first} with ${second}`} back="Back to the feed" onBack={back}>
        <Button
          size="small"
          icon={<ArrowSwap16Regular />}
          onClick={() => go(`/compare/${second}/${first}`, { replace: true })}
        >
          Swap
        </Button>
      </PageHead>
      {missing !== undefined && (
        <p role="alert" className={styles.failed}>
          {isNotFound(missing.error)
            ? `Call ${before.isError ? first : second} is not stored here any more.`
            : 'The pilot did not answer. The calls are still stored.'}
        </p>
      )}
      {sides !== null && <TwoSides before={sides[0]} after={sides[1]} first="request" />}
    </section>
  );
}
