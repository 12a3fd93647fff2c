const LONGEST = 240;

/** The first line of a description that says something, without the marks of markdown. */
export function lineOf(description: string | null): string {
  if (description === null) return "";
  for (const raw of description.slice(0, 4 * LONGEST).split("\n")) {
    const line = raw
      .replace(/^[\s>#*+-]+/, "")
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[*_`~]{1,3}(\S(?:[^*_`~]*\S)?)[*_`~]{1,3}/g, "$1")
      .trim();
    if (line) return line.slice(0, LONGEST);
  }
  return "";
}
