import { Button } from '@fluentui/react-components';
import type { AzureImport } from '../../../src-main/contract/index.ts';
import { Problem } from '../../ui/problem.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { useFocusKept } from '../../ui/use-focus-kept.ts';
import { FileRemarks } from './file-remarks.tsx';
import { useRemoveImport } from './use-remove-import.ts';
import { isBusy } from './words.ts';

/** An import of which no entry was read: why, and the way out of the list. Nothing is lost by it, so nothing is asked. */
export function NoEntries({ log }: { log: AzureImport }) {
  const remove = useRemoveImport(log.id);
  const button = useFocusKept<HTMLButtonElement>();
  return (
    <>
      <FileRemarks files={log.files} />
      {!isBusy(log) && (
        <Button ref={button} disabledFocusable={remove.isPending} onClick={() => remove.mutate()}>
          Remove from the list
        </Button>
      )}
      <Problem words={remove.error === null ? null : problemOf(remove.error)} />
    </>
  );
}
