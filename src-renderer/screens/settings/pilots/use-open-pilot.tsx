import { Button } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { PilotEntry } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { problemOf } from '../../../ui/problem-of.ts';
import { useLive } from '../../../ui/use-live.ts';
import { OpenAnyway } from './dialogs.tsx';
import { openingRisks } from './words.ts';

/** Opens another pilot, asking first where a job in Azure would suffer from it. */
export function useOpenPilot(): { open(entry: PilotEntry): void; dialog: ReactNode } {
  const announce = useAnnounce();
  const { status } = useLive();
  const [asked, setAsked] = useState<{ entry: PilotEntry; risks: string[] } | null>(null);
  const [problem, setProblem] = useState<{ name: string; words: string } | null>(null);
  return {
    open(entry) {
      const risks = status === null ? [] : openingRisks(entry, status, Date.now());
      if (risks.length > 0) {
        setAsked({ entry, risks });
        return;
      }
      client.pilots.open.mutate({ id: entry.id }).then(
        () => announce(`${entry.name} is open`),
        (error: Error) => setProblem({ name: entry.name, words: problemOf(error) }),
      );
    },
    dialog: (
      <>
        {asked !== null && <OpenAnyway {...asked} onClose={() => setAsked(null)} />}
        {problem !== null && (
          <Dialog
            title={`${problem.name} was not opened`}
            onClose={() => setProblem(null)}
            foot={<Button onClick={() => setProblem(null)}>Close</Button>}
          >
            <Problem words={problem.words} />
          </Dialog>
        )}
      </>
    ),
  };
}
