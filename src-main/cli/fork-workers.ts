import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WorkerHost } from '../contract/index.ts';
import { withoutSecrets } from './environment.ts';

/** Worker processes without Electron: Node's own `fork`. */
export function createForkWorkers(): WorkerHost {
  return {
    start(entry) {
      const child = fork(fileURLToPath(entry), [], {
        env: withoutSecrets(process.env),
        execArgv: [],
        // The SDK prints what nobody can act on.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      return {
        send: (message) => {
          if (child.connected) child.send(message, () => {});
        },
        onMessage: (listener) => void child.on('message', listener),
        onExit(listener) {
          let told = false;
          const tell = () => {
            if (told) return;
            told = true;
            listener();
          };
          child.on('exit', tell);
          // Without a process there is no exit.
          child.on('error', () => {
            if (child.pid === undefined) tell();
          });
        },
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
