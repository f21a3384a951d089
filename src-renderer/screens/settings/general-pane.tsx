import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { PilotStatus, Ports } from '../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../api.ts';
import { Problem } from '../../ui/problem.tsx';
import { useAct } from '../../use-act.ts';
import { PaneHead, Part, SettingRow } from './parts.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  name: { width: '280px' },
  port: { width: '120px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px' },
});

/** The pilot's name, and the ports in force. */
export function GeneralPane({ status }: { status: PilotStatus }) {
  const { data: ports } = useQuery({ ...api.host.ports.queryOptions(), refetchOnMount: 'always' });
  return (
    <>
      <PaneHead title="General">What this pilot is called, and where it listens on this computer.</PaneHead>
      <Part name="This pilot">
        <Name key={status.pilotName} name={status.pilotName} />
      </Part>
      <Part name="Ports">{ports !== undefined && <PortRows key={JSON.stringify(ports)} ports={ports} />}</Part>
    </>
  );
}

function Name({ name }: { name: string }) {
  const styles = useStyles();
  const id = useId();
  const [typed, setTyped] = useState(name);
  const rename = useAct(
    async () => {
      const open = (await client.pilots.list.query()).find((entry) => entry.open);
      if (open !== undefined) await client.pilots.rename.mutate({ id: open.id, name: typed });
    },
    () => `Renamed to ${typed.trim()}`,
    { onDone: () => void queryClient.invalidateQueries({ queryKey: api.pilots.pathKey() }) },
  );
  return (
    <SettingRow
      last
      label="Name"
      htmlFor={id}
      note="Stands at the top of the window and names exported files. ServiceOps and Azure never see it."
    >
      <span className={styles.line}>
        <Input
          id={id}
          className={styles.name}
          value={typed}
          maxLength={60}
          onChange={(_, data) => setTyped(data.value)}
        />
        <Button disabledFocusable={typed.trim() === '' || typed.trim() === name || rename.running} onClick={rename.run}>
          Rename
        </Button>
      </span>
      <Problem words={rename.problem} />
    </SettingRow>
  );
}

/** The port that is typed; null when empty, undefined when it is none. */
function readPort(typed: string): number | null | undefined {
  const plain = typed.trim();
  if (plain === '') return null;
  const port = /^\d{1,5}$/.test(plain) ? Number(plain) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** The endpoint's port where Settings want none. */
const USUAL_PORT = 8620;
const NEEDED = 'A port is a whole number from 1 to 65535.';

function PortRows({ ports: { scim, window: own } }: { ports: Ports }) {
  const styles = useStyles();
  const ofEndpoint = new Set([scim.port, scim.wanted ?? USUAL_PORT]);
  const ofWindow = new Set(own === null ? [] : [own.port, own.wanted]);
  return (
    <>
      <SettingRow
        label="In force"
        note={
          scim.movedFrom === null
            ? 'The endpoint answers on this computer only; Azure comes by the tunnel or proxy that leads to this port.'
            : `Port ${scim.movedFrom} was taken by another program, so the endpoint moved. A proxy of your own must follow it.`
        }
      >
        <span className={styles.mono}>127.0.0.1:{scim.port}</span>
      </SettingRow>
      <PortRow
        label="Endpoint’s port"
        button="Move"
        stored={scim.wanted}
        fixed={scim.fixedByStart ? '--port sets it for this run.' : null}
        note={`Empty: ${USUAL_PORT}. The endpoint moves at once; ngrok follows by itself, a proxy of your own does not.`}
        clash={(port) => (ofWindow.has(port ?? USUAL_PORT) ? 'The window has this port: take another.' : null)}
        save={(port) => client.host.setScimPort.mutate({ port })}
        done="The endpoint has moved"
      />
      {own === null ? (
        <SettingRow last label="Window’s port">
          None: this window talks to the pilot without a network.
        </SettingRow>
      ) : (
        <PortRow
          last
          label="Window’s port"
          button="Save"
          stored={own.wanted}
          fixed={own.fixedByStart ? '--window-port sets it for this run.' : null}
          note={`Now ${own.port}. Empty: any free one at each start. A change holds from the next start on.`}
          clash={(port) => (port !== null && ofEndpoint.has(port) ? 'The endpoint has this port: take another.' : null)}
          save={(port) => client.host.setWindowPort.mutate({ port })}
          done="The window’s port is saved for the next start"
        />
      )}
    </>
  );
}

interface PortRowProps {
  label: string;
  button: string;
  stored: number | null;
  /** Why it can't be changed; null when it can. */
  fixed: string | null;
  note: string;
  /** What is wrong with a port (null: an empty field) because of the other one. */
  clash(port: number | null): string | null;
  save(port: number | null): Promise<unknown>;
  done: string;
  last?: boolean;
}

function PortRow({ label, button, stored, fixed, note, clash, save, done, last = false }: PortRowProps) {
  const styles = useStyles();
  const id = useId();
  const [typed, setTyped] = useState(stored === null ? '' : String(stored));
  const port = readPort(typed);
  // What is stored stays as it is, whatever has become of the other port.
  const changed = port !== stored && fixed === null;
  const wrong = !changed ? null : port === undefined ? NEEDED : clash(port);
  const act = useAct(
    () => save(port ?? null),
    () => done,
    { onDone: () => void queryClient.invalidateQueries({ queryKey: api.host.pathKey() }) },
  );
  const problem = wrong ?? act.problem;
  const described = problem === null ? {} : { 'aria-describedby': `${id}-wrong` };
  return (
    <SettingRow last={last} label={label} htmlFor={id} note={fixed ?? note}>
      <span className={styles.line}>
        <Input
          id={id}
          className={styles.port}
          inputMode="numeric"
          value={typed}
          disabled={fixed !== null}
          aria-invalid={problem !== null}
          {...described}
          onChange={(_, data) => {
            setTyped(data.value);
            act.forget();
          }}
        />
        <Button disabledFocusable={!changed || wrong !== null || act.running} {...described} onClick={act.run}>
          {button}
        </Button>
      </span>
      <Problem id={`${id}-wrong`} words={problem} />
    </SettingRow>
  );
}
