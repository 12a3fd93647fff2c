/** A text as HTML shows it. */
export function escaped(text: unknown): string {
  return String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function code(text: unknown): string {
  return `<code>${escaped(text)}</code>`;
}
