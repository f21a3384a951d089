import { Button } from '@fluentui/react-components';
import { ArrowUpload16Regular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Problem } from '../../ui/problem.tsx';
import { problemOf } from '../../ui/problem-of.ts';

interface ReadFileButtonProps<Found> {
  /** On the button. */
  children: string;
  /** What the file is, for a screen reader. */
  label: string;
  accept: string;
  /** Of the dialog that says why a file can't be read. */
  title: string;
  /** Reads the file's text; rejects with the pilot's words. */
  read(text: string): Promise<Found>;
  /** The dialog over what was found. */
  found(found: Found, onClose: () => void): ReactNode;
}

/** Asks for a file, has it read, and shows what is in it before anything is taken over. */
export function ReadFileButton<Found>({
  children,
  label,
  accept,
  title,
  read,
  found,
}: ReadFileButtonProps<Found>): ReactNode {
  const reading = useMutation({ mutationFn: async (file: File) => read(await file.text()) });
  return (
    <>
      <FileButton icon={<ArrowUpload16Regular />} label={label} accept={accept} onChoose={reading.mutate}>
        {children}
      </FileButton>
      {reading.isSuccess && found(reading.data, reading.reset)}
      {reading.isError && (
        <Dialog title={title} onClose={reading.reset} foot={<Button onClick={reading.reset}>Close</Button>}>
          <Problem words={problemOf(reading.error)} />
        </Dialog>
      )}
    </>
  );
}
