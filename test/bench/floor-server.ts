/**
 * The floor: bare Fastify 5 with one better-sqlite3 statement a request and nothing else (no auth, no capture, no SCIM).
 * GET /read/:id reads one row by key; POST /insert-normal and /insert-full insert one row with that `synchronous` setting.
 * Prints its port as JSON when ready; ends with its parent (IPC).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fastify from 'fastify';

const folder = mkdtempSync(join(tmpdir(), 'scim-pilot-floor-'));
const rows = Number(process.argv[2] ?? 1000);

function open(synchronous: 'NORMAL' | 'FULL') {
  const db = new Database(join(folder, `${synchronous}.db`));
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.exec('CREATE TABLE users (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
  return db;
}
const normal = open('NORMAL');
const full = open('FULL');
const body = (id: string) =>
  JSON.stringify({ id, userName: `${id}@bench.example`, displayName: `User ${id}`, active: true, title: 'Analyst' });
const fill = normal.prepare('INSERT INTO users VALUES (?, ?)');
normal.transaction(() => {
  for (let i = 0; i < rows; i++) fill.run(`u${i}`, body(`u${i}`));
})();

const read = normal.prepare<[string], string>('SELECT json FROM users WHERE id = ?').pluck();
const insertNormal = normal.prepare('INSERT INTO users VALUES (?, ?)');
const insertFull = full.prepare('INSERT INTO users VALUES (?, ?)');
let next = 0;

const app = fastify();
app.get<{ Params: { id: string } }>('/read/:id', (request, reply) => {
  reply.header('content-type', 'application/json').send(read.get(request.params.id) ?? '{}');
});
app.post('/insert-normal', (request, reply) => {
  insertNormal.run(`n${next++}`, JSON.stringify(request.body));
  reply.code(201).send({ ok: true });
});
app.post('/insert-full', (request, reply) => {
  insertFull.run(`f${next++}`, JSON.stringify(request.body));
  reply.code(201).send({ ok: true });
});
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
process.on('disconnect', () => {
  void app.close().then(() => {
    normal.close();
    full.close();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});
