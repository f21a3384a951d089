import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { withoutSecrets } from '../cli/environment.ts';
import type { WorkerHost } from '../contract/index.ts';

/** Worker processes as Electron's utility processes: `fork` is closed to an app whose Node mode is fused off. */
export function createUtilityWorkers(): WorkerHost {
  return {
    start(entry, name) {
      const child = utilityProcess.fork(fileURLToPath(entry), [], {
        serviceName: name,
        env: withoutSecrets(process.env),
        stdio: 'ignore',
      });
      return {
        send: (message) => child.postMessage(message),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', () => listener()),
        kill: () => void child.kill(),
      };
    },
  };
}
