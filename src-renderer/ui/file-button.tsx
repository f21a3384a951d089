import { Button, type ButtonProps } from '@fluentui/react-components';
import { type JSX, useRef } from 'react';

interface FileButtonProps extends Pick<ButtonProps, 'size' | 'appearance'> {
  icon?: JSX.Element;
  /** What the file is, for a screen reader. */
  label: string;
  /** As the `accept` of an input. */
  accept: string;
  /** Several may be chosen at once. */
  multiple?: boolean;
  onChoose(file: File, all: File[]): void;
  children: string;
}

/** Asks for a file of this computer. */
export function FileButton({ label, accept, multiple = false, onChoose, children, ...look }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        onChange={({ target }) => {
          const all = [...(target.files ?? [])];
          const [file] = all;
          if (file !== undefined) onChoose(file, all);
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
