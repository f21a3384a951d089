import { Button } from '@fluentui/react-components';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { readBundle, UnreadableBundle } from '../../exports/bundle.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { showBundle } from './opened.ts';

/** Asks for a bundle's file and shows what is in it. `parts` must be on the page. */
export function useOpenBundle(): { choose(): void; parts: ReactNode } {
  const input = useRef<HTMLInputElement>(null);
  const [, go] = useLocation();
  const [problem, setProblem] = useState<string | null>(null);
  const choose = useCallback(() => input.current?.click(), []);
  const open = async (file: File) => {
    try {
      showBundle(await readBundle(file, new AbortController().signal));
      go('/bundle');
    } catch (error) {
      setProblem(error instanceof UnreadableBundle ? error.message : `${file.name} could not be read.`);
    }
  };
  const parts = (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Support bundle"
        accept=".zip,application/zip"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) void open(file);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      {problem !== null && (
        <Dialog
          title="This is no support bundle that can be opened"
          onClose={() => setProblem(null)}
          foot={
            <Button appearance="primary" onClick={() => setProblem(null)}>
              Close
            </Button>
          }
        >
          <p role="alert">{problem}</p>
        </Dialog>
      )}
    </>
  );
  return { choose, parts };
}
