import type { CallRecorder, CapturedCall, Writer } from '../contract/index.ts';

/** Stores a call that is answered already with the next group, and tells the subscribers. */
export function recordAnswered(writer: Writer, recorder: CallRecorder, call: CapturedCall): void {
  let publish: (() => void) | undefined;
  writer.append(
    () => {
      publish = recorder.insert(call);
    },
    () => publish?.(),
  );
}
