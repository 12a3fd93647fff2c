/** Puts a text into the clipboard; the promise keeps the press that allowed it alive. */
export function copied(file: Promise<Blob>): Promise<void> {
  const text = file.then((blob) => new Blob([blob], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
}

/** Gives a file to the reader's downloads. */
export function saved(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download holds the file from the next turn on.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
