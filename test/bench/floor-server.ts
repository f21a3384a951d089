/**
 * The floor: bare Fastify 5 with one better-sqlite3 statement a request and nothing else (no auth, no capture, no SCIM), from
 * as many rows and with answers of the same text, size and media type as ours.
 * GET /user/:id answers the stored text, GET /found/:id the same in a list, GET /page a list of ten, each by one read by key.
 * POST /write/user/:synchronous and /write/empty/:synchronous parse the body and insert one row the size of a user into a WAL
 * database with `synchronous` normal or full; they answer that text, or nothing (204) as a group's PATCH does.
 * Usage: floor-server.ts FLOOR_DB FOLDER
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { idOf } from './company.ts';
import { announce, portOf } from './usage.ts';

const [, , stored = '', folder = ''] = process.argv;
const answers = new Database(stored, { readonly: true });
const read = answers.prepare<[string], string>('SELECT json FROM answers WHERE key = ?').pluck();
const userText = read.get(idOf(0)) ?? '';

function openInserts(synchronous: string) {
  const db = new Database(join(folder, `${synchronous}.db`));
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.exec('CREATE TABLE answers (key INTEGER PRIMARY KEY, json TEXT NOT NULL)');
  return { db, insert: db.prepare('INSERT INTO answers (json) VALUES (?)') };
}
const inserts = { normal: openInserts('normal'), full: openInserts('full') };

const type = 'application/scim+json';
const app = fastify();
app.addContentTypeParser('application/scim+json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
app.get<{ Params: { id: string } }>('/user/:id', (request, reply) => {
  reply.type(type).send(read.get(request.params.id));
});
app.get<{ Params: { id: string } }>('/found/:id', (request, reply) => {
  const text = read.get(request.params.id);
  reply
    .type(type)
    .send(
      `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"startIndex":1,"itemsPerPage":1,"Resources":[${text}]}`,
    );
});
app.get('/page', (_request, reply) => {
  reply.type(type).send(read.get('page'));
});
for (const [name, { insert }] of Object.entries(inserts)) {
  app.post(`/write/user/${name}`, (_request, reply) => {
    insert.run(userText);
    reply.code(201).type(type).send(userText);
  });
  app.post(`/write/empty/${name}`, (_request, reply) => {
    insert.run(userText);
    reply.code(204).send();
  });
}
await app.listen({ host: '127.0.0.1', port: 0 });
announce(portOf(app.server.address()), '', async () => {
  await app.close();
  for (const { db } of [{ db: answers }, ...Object.values(inserts)]) db.close();
});
