import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type DragEvent, type ReactNode, useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import { askForFiles, FileButton } from '../../ui/file-button.tsx';
import { importFiles } from './upload.ts';

const useStyles = makeStyles({
  place: { position: 'relative', height: '100%', minHeight: 0 },
  over: {
    '::after': {
      content: '"Drop to import"',
      position: 'absolute',
      inset: '8px',
      zIndex: 2,
      display: 'grid',
      placeItems: 'center',
      fontSize: '20px',
      fontWeight: 600,
      color: tokens.colorBrandForeground1,
      backgroundColor: tokens.colorNeutralBackground1,
      border: `2px dashed ${tokens.colorCompoundBrandStroke}`,
      borderRadius: '4px',
      pointerEvents: 'none',
    },
  },
});

/** The forms a log comes in, as the `accept` of an input. */
const FORMS = '.json,.ndjson,.jsonl,.csv,.txt,application/json,text/csv';

/** Imports files and opens what becomes of them. */
function useImport(): (files: readonly File[]) => void {
  const [, go] = useLocation();
  return useCallback(
    (files) => {
      if (files.length === 0) return;
      void importFiles(files).then((log) => go(log === null ? '/azure-logs' : `/azure-logs/${log.id}`));
    },
    [go],
  );
}

/** Asks for the files of a log, from wherever in the window. */
export function useChooseLog(): () => void {
  const take = useImport();
  return useCallback(() => askForFiles(FORMS, take), [take]);
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** A place where files may be dropped anywhere. */
export function DropPlace({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const take = useImport();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside does the same by keys
    <div
      className={mergeClasses(styles.place, over && styles.over)}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        take([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}

/** Asks for the files of a log. */
export function ChooseLog({ primary = false, children }: { primary?: boolean; children: string }) {
  const take = useImport();
  return (
    <FileButton
      size={primary ? 'medium' : 'small'}
      appearance={primary ? 'primary' : 'secondary'}
      label="Provisioning log"
      accept={FORMS}
      onChooseAll={take}
    >
      {children}
    </FileButton>
  );
}
