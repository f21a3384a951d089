import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Edit16Regular, Play16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ReplayDraft, ReplayPlace, ReplayRequest } from '../../../src-main/contract/index.ts';
import { api, client, isNotFound, queryClient } from '../../api.ts';
import { callGone } from '../../ui/call-gone.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { PageHead } from '../compare/page-head.tsx';
import { EditRequest } from './edit-request.tsx';
import { Result } from './result.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  split: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    flexGrow: 1,
    minHeight: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  editing: {
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
    '& > * + *': { borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  right: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  words: { margin: 0, padding: '20px', color: tokens.colorNeutralForeground2 },
  warning: {
    display: 'flex',
    gap: '8px',
    margin: 0,
    padding: '8px 20px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorStatusWarningForeground1,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  problem: { padding: '0 20px 8px' },
});

const PLACES = [
  { value: 'copy', name: 'On a copy' },
  { value: 'live', name: 'Live directory' },
] as const;

/** A captured call, played again as it is or edited, with the answer of then beside the one of now. */
export function Replay({ code, edit }: { code: string; edit: boolean }) {
  const styles = useStyles();
  const [, go] = useLocation();
  // Another draft than the one before, with its own form.
  const draft = useQuery({ ...api.replay.draft.queryOptions({ code }), staleTime: 0 });
  const back = () => {
    go(`/feed/${code}`);
    return true;
  };
  useKeys({ escape: back });
  return (
    <section className={styles.page} aria-label="Replay">
      {draft.data !== undefined ? (
        <Loaded key={`${code} ${edit}`} draft={draft.data} edit={edit} onBack={back} />
      ) : (
        <>
          <PageHead title={`Replay call ${code}`} back="Back to the call" onBack={back} />
          {draft.isError && (
            <p role="alert" className={styles.words}>
              {isNotFound(draft.error) ? callGone(code) : 'The pilot did not answer. The call is still stored.'}
            </p>
          )}
        </>
      )}
    </section>
  );
}

interface LoadedProps {
  draft: ReplayDraft;
  edit: boolean;
  onBack(): void;
}

function Loaded({ draft, edit, onBack }: LoadedProps) {
  const styles = useStyles();
  const [, go] = useLocation();
  const { call, problem, lost } = draft;
  const [place, setPlace] = useState<ReplayPlace>('copy');
  const [request, setRequest] = useState<ReplayRequest | null>(draft.request);
  const [asking, setAsking] = useState(false);
  const run = useMutation({
    mutationFn: (where: ReplayPlace) =>
      client.replay.run.mutate({ code: call.code, request: edit ? request : null, place: where }),
    onSuccess: (_, where) => {
      if (where === 'live') void queryClient.invalidateQueries({ queryKey: api.directory.pathKey() });
    },
  });
  const playable = edit ? request !== null && !lost : problem === null;
  const begun = useRef(false);
  const { mutate } = run;
  useEffect(() => {
    // On a copy nothing can happen: the answer is there at once.
    if (edit || begun.current || problem !== null) return;
    begun.current = true;
    mutate('copy');
  }, [edit, problem, mutate]);
  const play = () => {
    if (!playable || run.isPending) return;
    if (place === 'live') setAsking(true);
    else mutate('copy');
  };
  const { verb, object } = call.sentence;
  const what = object === null ? verb : `${verb} ${object}`;
  return (
    <>
      <PageHead
        title={`${edit ? 'Edit and replay' : 'Replay'} call ${call.code}`}
        lead={<bdi>{what}</bdi>}
        back="Back to the call"
        onBack={onBack}
      >
        <Tabs look="switch" label="Where it is played" value={place} onChange={setPlace} items={PLACES} />
        {!edit && !lost && (
          <Button size="small" icon={<Edit16Regular />} onClick={() => go(`/replay/${call.code}/edit`)}>
            Edit
          </Button>
        )}
        <Button
          size="small"
          appearance="primary"
          icon={<Play16Regular />}
          disabledFocusable={!playable || run.isPending}
          onClick={play}
        >
          {run.data === undefined ? 'Play' : 'Play again'}
        </Button>
      </PageHead>
      {place === 'live' && (
        <p className={styles.warning}>
          <Mark kind="odd" size={14} label="" />
          On the live directory the call really happens. Azure does not know of it, so the directory may then differ
          from what Azure believes.
        </p>
      )}
      <div className={run.error === null ? undefined : styles.problem}>
        <Problem words={run.error === null ? null : problemOf(run.error)} />
      </div>
      <div className={mergeClasses(styles.split, edit && styles.editing)}>
        {edit && !lost && <EditRequest request={draft.request} onChange={setRequest} />}
        <div className={styles.right}>
          {run.data === undefined ? (
            <p className={styles.words}>{waitingWords({ edit, problem, running: run.isPending })}</p>
          ) : (
            <Result result={run.data} asCaptured={draft.request} />
          )}
        </div>
      </div>
      {asking && (
        <Dialog
          title="Play this call on the live directory?"
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <DangerButton
                onClick={() => {
                  setAsking(false);
                  mutate('live');
                }}
              >
                Play on the live directory
              </DangerButton>
            </>
          }
        >
          <p>
            {edit && request !== null ? request.method : call.method} really happens here, and Azure is not told: what
            it changes is drift from Azure’s point of view, and Azure may undo it or fail over it. The call is recorded
            with the practice mark.
          </p>
        </Dialog>
      )}
    </>
  );
}

function waitingWords(state: { edit: boolean; problem: string | null; running: boolean }): string {
  if (state.running) return 'Playing…';
  if (state.problem !== null) return state.problem;
  return state.edit
    ? 'Change the request, then press Play. On a copy, nothing of it is stored.'
    : 'Press Play to see the answer of today.';
}
