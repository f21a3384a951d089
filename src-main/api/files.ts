import { RequestError } from '../contract/catalogue/errors.ts';
import type { Log } from '../contract/index.ts';
import type { FileDesk } from './context.ts';

/** What a file that is handed in must come as: no page of another origin can send it without a preflight. */
export const fileType = 'application/octet-stream';

/** POST takes a file in and answers with its ticket; GET `/<ticket>` gives one out, to be saved. */
export async function answerFile(request: Request, files: FileDesk, log: Log): Promise<Response> {
  if (request.method === 'POST') return takeIn(request, files, log);
  if (request.method !== 'GET') return plain(405, 'Only GET and POST are answered here.');
  const file = files.send(new URL(request.url).pathname.split('/').at(-1) ?? '');
  if (file === null) return plain(404, 'There is no such file any more.');
  return new Response(file.body, {
    headers: {
      'content-type': fileType,
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${file.name}"`,
    },
  });
}

async function takeIn(request: Request, files: FileDesk, log: Log): Promise<Response> {
  if (request.headers.get('content-type') !== fileType || request.body === null) {
    return plain(415, `Only ${fileType} is taken here.`);
  }
  try {
    return Response.json({ ticket: await files.receive(request.body) });
  } catch (error) {
    if (error instanceof RequestError) return plain(507, error.message);
    log.error('A file could not be taken in', { error });
    return plain(500, 'The file could not be taken in.');
  }
}

function plain(status: number, words: string): Response {
  return new Response(words, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
