/** In characters; what is larger takes a browser minutes to draw. */
export const MAX_DIAGRAM = 50_000;

/** In characters: where the title and the kind of a diagram are looked for. */
const MAX_HEAD = 2_000;

/** What an image of a diagram says: its title, by `accTitle`, `title` or the front matter, else its kind. */
export function altOf(source: string): string {
  const head = source.slice(0, MAX_HEAD);
  const title = /^[ \t]*(?:accTitle[ \t]*:|title[ \t]*:?)[ \t]*(\S.*)$/m.exec(head)?.[1];
  const kind = /^\s*([a-zA-Z][\w-]*)/.exec(head.replace(/^---[\s\S]*?\n---\s*|^[ \t]*%%.*$/gm, ""))?.[1];
  return title ? `Diagram: ${title}` : `Diagram${kind ? ` (${kind})` : ""}, see its source`;
}
