import type { CallNeed } from '../calls/index.ts';
import { entryOf, explained } from '../contract/catalogue/explanations/index.ts';
import type { CallDetail, CallSummary, Need } from '../contract/index.ts';

/** What needs attention, in words. One call is told with its own values; many have only the cause in common. */
export function needsOf(counted: readonly (CallNeed & { newest: CallDetail })[]): Need[] {
  return counted.flatMap(({ newest, ...need }) => {
    const entry = entryOf(need.code);
    if (entry === null) return [];
    const own = need.calls === 1 ? newest.explanations.find((one) => one.code === need.code) : undefined;
    const { title, severity } = own ?? explained(need.code, entry);
    return [{ ...need, severity, title, newest: summaryOf(newest) }];
  });
}

/** Without bodies: a list needs none. */
function summaryOf(call: CallDetail): CallSummary {
  const {
    requestHeaders: _,
    requestBody: _request,
    responseHeaders: _answered,
    responseBody: _answer,
    answerGone: _answerGone,
    detail: _detail,
    changes: _changes,
    changesGone: _changesGone,
    explanations: _explanations,
    ...summary
  } = call;
  return summary;
}
