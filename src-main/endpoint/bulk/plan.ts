/** What the planning of a bulk job looks at: an operation's place, its bulkId, and the bulkIds it needs. */
export interface Planned {
  readonly index: number;
  readonly bulkId: string | null;
  readonly needs: ReadonlySet<string>;
}

/** Operations to run next: each for itself in order, or all together because they need one another. */
export interface Step<T extends Planned> {
  readonly together: boolean;
  readonly operations: T[];
}

/**
 * The next step of a job: the first `limit` operations of `waiting` whose needs are `settled` or come before them in the step;
 * where there is none, a circle of operations that need one another (RFC 7644 §3.7.1).
 */
export function nextStep<T extends Planned>(
  waiting: readonly T[],
  settled: ReadonlySet<string>,
  limit: number,
): Step<T> {
  const makers = new Map<string, T>();
  for (const one of waiting) if (one.bulkId !== null) makers.set(one.bulkId, one);
  const coming = new Set<string>();
  const operations: T[] = [];
  for (const one of waiting) {
    if (operations.length === limit) break;
    const ready = [...one.needs].every((need) => settled.has(need) || coming.has(need) || !makers.has(need));
    if (!ready) continue;
    operations.push(one);
    if (one.bulkId !== null) coming.add(one.bulkId);
  }
  if (operations.length > 0) return { together: false, operations };
  const [first] = waiting;
  return { together: true, operations: first === undefined ? [] : circleFrom(first, makers) };
}

/**
 * Operations that need one another and nobody else, in order: the component that Tarjan's search completes first. Every
 * operation waits for another one, so there is one wherever the search begins.
 */
function circleFrom<T extends Planned>(start: T, makers: ReadonlyMap<string, T>): T[] {
  const order = new Map<T, number>();
  const path: T[] = [];
  let circle: T[] = [];
  function visit(one: T): number {
    const place = order.size;
    order.set(one, place);
    path.push(one);
    let lowest = place;
    for (const need of one.needs) {
      const maker = makers.get(need);
      if (maker === undefined) continue;
      lowest = Math.min(lowest, order.get(maker) ?? visit(maker));
      if (circle.length > 0) return lowest;
    }
    if (lowest === place) circle = path.slice(place);
    return lowest;
  }
  visit(start);
  return circle.sort((a, b) => a.index - b.index);
}
