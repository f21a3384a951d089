/** A thread that asks for one URL again and again, reads the answers to their end and tells of each. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const { url, headers } = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }).parse(workerData);
for (;;) {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
  if (answer.body !== null) for await (const _ of answer.body);
  parentPort?.postMessage('answered');
}
