/** The known name that a mistyped one most likely means, whatever its case and separators; undefined if none is similar. */
export function similarName(name: string, known: readonly string[]): string | undefined {
  const plain = withoutSeparators(name);
  const { length } = plain.replace(/^--/, "");
  const limit = length < 2 ? 0 : length < 5 ? 1 : 2;
  return known
    .map((each) => ({ each, edits: editsTo(plain, withoutSeparators(each)) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)[0]?.each;
}

function withoutSeparators(name: string): string {
  return name
    .slice(0, 64)
    .replace(/(?<=\w)[-_\s]+/g, "")
    .toLowerCase();
}

function editsTo(name: string, known: string): number {
  if (name === known) return 0;
  return name !== "" && known.startsWith(name) ? 1 : countEdits(name, known);
}

/** How many letters to add, remove, replace or swap with the next to make one name of the other. */
function countEdits(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const [before, last = []] = [rows[row - 2], rows[row - 1]];
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap && before ? (before[column - 2] ?? 0) + 1 : replaced;
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced, swapped));
    }
    rows.push(current);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}
