import { Button, type ButtonProps } from '@fluentui/react-components';
import { type JSX, useRef } from 'react';

interface FileButtonProps extends Pick<ButtonProps, 'size' | 'appearance'> {
  icon?: JSX.Element;
  /** What the file is, for a screen reader. */
  label: string;
  /** As the `accept` of an input. */
  accept: string;
  onChoose?(file: File): void;
  /** In place of `onChoose`, where several may be chosen at once. */
  onChooseAll?(files: File[]): void;
  children: string;
}

/** Asks for files of this computer, where there is no button that could. Must follow a press or a key. */
export function askForFiles(accept: string, onChoose: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.multiple = true;
  input.addEventListener('change', () => onChoose([...(input.files ?? [])]), { once: true });
  input.click();
}

/** Asks for a file of this computer. */
export function FileButton({ label, accept, onChoose, onChooseAll, children, ...look }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={onChooseAll !== undefined}
        onChange={({ target }) => {
          const all = [...(target.files ?? [])];
          const [file] = all;
          if (file !== undefined) onChoose?.(file);
          if (file !== undefined) onChooseAll?.(all);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      <Button {...look} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
