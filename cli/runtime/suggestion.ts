/** A question for a name that was mistyped, with a space before it; empty where no known name is similar. */
export function didYouMean(name: string, known: readonly string[]): string {
  const limit = name.replace(/^--/, "").length < 3 ? 1 : 2;
  const similar = known
    .map((each) => ({ each, edits: each.startsWith(name) ? 1 : countEdits(name, each) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits);
  return similar[0] ? ` Did you mean "${similar[0].each}"?` : "";
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
