import { Button, type ButtonProps } from '@fluentui/react-components';
import { type JSX, useRef } from 'react';

interface FileButtonProps extends Pick<ButtonProps, 'size'> {
  icon?: JSX.Element;
  /** What the file is, for a screen reader. */
  label: string;
  /** As the `accept` of an input. */
  accept: string;
  onChoose(file: File): void;
  children: string;
}

/** Asks for a file of this computer. */
export function FileButton({ label, accept, onChoose, children, ...look }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) onChoose(file);
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
