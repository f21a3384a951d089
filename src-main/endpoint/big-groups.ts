import type { GroupRepository, GroupSnapshot, QueryPage, StoredRecord } from '../contract/index.ts';
import { type Filter, groupPieces, listPieces, type Projection, renderRecord, wants } from '../scim/index.ts';
import type { StreamedBody } from './answer.ts';

/** Answers that show more members than this are written in pieces; below it one string is faster. */
const membersInOneString = 1_000;
/** Members a piece: a fraction of a millisecond. */
const membersInPiece = 100;

/** Whether the members that an answer shows are too many for one string. */
export function tooManyMembers(records: readonly StoredRecord[], projection: Projection | null): boolean {
  let members = 0;
  for (const record of records) members += record.members;
  return members > membersInOneString && wants(projection, 'members');
}

/** Bodies with the members of big groups, each read from one state of the directory. */
export interface BigGroups {
  /** `etagOf`: the entity tag of the state that is shown, which may be newer than `record`. */
  one(
    record: StoredRecord,
    projection: Projection | null,
    baseUrl: string,
    etagOf: (record: StoredRecord) => string,
  ): StreamedBody;
  /** `before`: resources that stand before the page's, rendered. */
  list(page: QueryPage, projection: Projection | null, baseUrl: string, before?: readonly string[]): StreamedBody;
}

export function createBigGroups(repository: GroupRepository<Filter>): BigGroups {
  function pieces(groups: GroupSnapshot, record: StoredRecord, projection: Projection | null, baseUrl: string) {
    const pages = groups.memberPages(record.id, membersInPiece);
    return groupPieces(record, { baseUrl, projection }, pages);
  }

  return {
    one: (record, projection, baseUrl, etagOf) => ({
      open() {
        const groups = repository.snapshot();
        const shown = groups.get(record.id) ?? record;
        return {
          etag: etagOf(shown),
          pieces: pieces(groups, shown, projection, baseUrl),
          end: groups.end,
        };
      },
    }),

    list: ({ totalResults, startIndex, records }, projection, baseUrl, before = []) => ({
      open() {
        const groups = repository.snapshot();
        function* resources(): Generator<Iterable<string>, void> {
          for (const one of before) yield [one];
          for (const record of records) {
            const shown = groups.get(record.id) ?? record;
            // One without members is no group of pages, and rendered as ever.
            if (shown.members === 0) yield [renderRecord(shown, { baseUrl, references: [], projection })];
            else yield pieces(groups, shown, projection, baseUrl);
          }
        }
        return {
          etag: null,
          pieces: listPieces({ totalResults, startIndex, itemsPerPage: before.length + records.length }, resources()),
          end: groups.end,
        };
      },
    }),
  };
}
