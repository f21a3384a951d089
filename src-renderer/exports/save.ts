/** A file on its way out of the window. A browser puts it with its downloads; on the desktop Electron asks where to. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `scim-pilot-calls-2026-11-27-1041.har`, in the reader's own time. */
export function fileName(what: string, at: number, extension: string): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `scim-pilot-${what}-${day}-${two(date.getHours())}${two(date.getMinutes())}.${extension}`;
}
