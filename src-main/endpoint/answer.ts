import type { ScimType } from '../contract/catalogue/errors.ts';
import type { CallStage, RecordChange, ShownRecords } from '../contract/index.ts';
import { errorMessage } from '../scim/index.ts';

/** A complete answer, and what the call's record tells about it. */
export interface Answer {
  status: number;
  /** JSON text; null for an answer without a body, or with one that is streamed. */
  body: string | null;
  /** A body too large for one string; `body` is null then. */
  stream: StreamedBody | null;
  /** Besides the content type and length. */
  headers: [name: string, value: string][];
  stage: CallStage;
  scimType: ScimType | null;
  detail: string | null;
  resourceId: string | null;
  resourceName: string | null;
  totalResults: number | null;
  changes: RecordChange[];
  /** ServiceOps tenant admins for whom the call was refused, or who were left out of it. */
  tenantAdmins: readonly string[] | undefined;
  /** Places of the operations of a PATCH that changed nothing. */
  noEffect: readonly number[] | undefined;
  /** No index served the search: every record was looked at. */
  scanned: boolean;
  /** What the body shows, where it shows stored records whole and `headers` are those of one. */
  shows: ShownRecords | null;
}

/** A body that is written in pieces, from one unchanging state of the store. */
export interface StreamedBody {
  /** Reads the state and holds it until `end`. */
  open(): OpenBody;
}

export interface OpenBody {
  /** The entity tag of the state that is read, in place of the answer's; null where an answer has none. */
  etag: string | null;
  /** Parts of the JSON text, each made in a fraction of a millisecond when it is asked for. */
  pieces: Iterator<string, void>;
  end(): void;
}

export function answer(status: number, body: string | null, about: Partial<Answer> = {}): Answer {
  return {
    status,
    body,
    stream: about.stream ?? null,
    headers: about.headers ?? [],
    stage: about.stage ?? 'directory',
    scimType: about.scimType ?? null,
    detail: about.detail ?? null,
    resourceId: about.resourceId ?? null,
    resourceName: about.resourceName ?? null,
    totalResults: about.totalResults ?? null,
    changes: about.changes ?? [],
    tenantAdmins: about.tenantAdmins,
    noEffect: about.noEffect,
    scanned: about.scanned ?? false,
    shows: about.shows ?? null,
  };
}

/**
 * A SCIM error answer (RFC 7644 §3.12). `code` leads the detail: Azure quotes it in its provisioning log, so that a row there
 * finds its call here.
 */
export function refusal(
  code: string,
  status: number,
  detail: string,
  about: Partial<Answer> & { scimType?: ScimType | null } = {},
): Answer {
  const full = `[call ${code}] ${detail}`;
  return answer(status, errorMessage(status, full, about.scimType ?? undefined), { ...about, detail: full });
}
