const LONGEST = 240;

/** The first line of a description that has text, at most 240 characters of it, without the syntax of markdown and HTML. */
export function firstLine(description: string | null): string {
  if (description === null) return "";
  for (const raw of description.slice(0, 4 * LONGEST).split("\n")) {
    const line = plainLine(raw);
    if (line) return line.slice(0, LONGEST);
  }
  return "";
}

/** A line without the syntax of markdown and HTML. */
export function plainLine(line: string): string {
  return (
    line
      .replace(/^\s*(?:[-*_=]\s*){3,}$/, "")
      .replace(/^(?:[\s>]+|#{1,6}\s+|[*+-]\s+)+/, "")
      .replace(/<!--.*?-->|<\/?[a-z][^>]*>/gi, "")
      // A tag that is cut, at the end of a preview.
      .replace(/^\s*<(?:\/?[a-z][^>]*)?$/i, "")
      .replace(/!?\[([^\]]*)\]\([^)]*(?:\)|$)/g, "$1")
      .replace(/([*`~]{1,3})([^\s*`~](?:[^*`~]*[^\s*`~])?)\1/g, "$2")
      .replace(/(?<!\w)(_{1,3})([^\s_](?:.*?[^\s_])?)\1(?!\w)/g, "$2")
      .trim()
  );
}
