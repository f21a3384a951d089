import Database from 'better-sqlite3';
import { StartError, type StartErrorCode } from '../contract/catalogue/errors.ts';

/** An error on its way out of a thread, where only plain data can pass: what is told of it hangs on its kind. */
export interface ToldError {
  kind: 'start' | 'sqlite' | 'system' | 'other';
  code: string;
  message: string;
  cure: string;
}

export function toldError(error: unknown): ToldError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StartError) return { kind: 'start', code: error.code, message, cure: error.cure };
  if (error instanceof Database.SqliteError) return { kind: 'sqlite', code: error.code, message, cure: '' };
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string'
    ? { kind: 'system', code, message, cure: '' }
    : { kind: 'other', code: '', message, cure: '' };
}

/** The error again, of the class it had. */
export function errorOf({ kind, code, message, cure }: ToldError): Error {
  switch (kind) {
    case 'start':
      return new StartError(code as StartErrorCode, message, cure);
    case 'sqlite':
      return new Database.SqliteError(message, code);
    case 'system':
      return Object.assign(new Error(message), { code });
    case 'other':
      return new Error(message);
  }
}
