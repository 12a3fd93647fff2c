const DEEPEST = 30;
/** What is rendered with the page, in letters and in milliseconds. */
const SHORT = 30_000;
const LITTLE = 30;
const BLOCK = /\n(?=[ \t>]*(?:\n|$|[-*+] |\d{1,9}[.)] |#{1,6} |\|))/;

/** Whether a markdown text is surely rendered in a moment, however hostile: the others are read in a worker. */
export function isCheap(text: string): boolean {
  return text.length <= SHORT && nestingError(text) === null && costOf(text) <= LITTLE;
}

/** Why a markdown text is not rendered at all, or null where it is. */
export function nestingError(text: string): string | null {
  return deepest(text) > DEEPEST ? "It is nested too deep to be rendered, so it is shown as it was written." : null;
}

/** The deepest nesting of quotes and lists, from what stands before the text of a line. */
function deepest(text: string): number {
  let depth = 0;
  for (const [prefix] of text.matchAll(/^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))+|^[ \t]{40,}/gm)) {
    const marks = prefix.match(/[>*+-]|\d[.)]/g)?.length ?? 0;
    const indent = prefix.length - prefix.trimStart().length;
    depth = Math.max(depth, marks, Math.floor(indent / 2));
  }
  return depth;
}

/** About how many milliseconds a text takes: measured once per kind of mark, on hostile texts. */
function costOf(text: string): number {
  const notes = counted(text, /\[\^/g);
  const addresses = counted(text, /www\.|:\/\/|@/g);
  let cost =
    text.length * 0.002 + counted(text, /\n/g) * 0.03 + addresses * 0.03 + notes ** 2 * 2e-4 + cells(text) * 0.02;
  for (const block of text.split(BLOCK)) {
    const marks = counted(block, /[*_~]/g);
    const brackets = counted(block, /\[/g);
    const bars = counted(block, /\|/g);
    cost += marks ** 2 * 3e-5 + brackets ** 2 * 2e-5 + bars * 0.03 + openTicks(block) * block.length * 4e-5;
    if (cost > LITTLE) return cost;
  }
  return cost;
}

/** How many runs of back-ticks have no partner of their length: each makes the parser look through the rest. */
function openTicks(block: string): number {
  const odd = new Set<number>();
  for (const [run] of block.matchAll(/`+/g)) {
    if (!odd.delete(run.length)) odd.add(run.length);
  }
  return odd.size;
}

/** How many cells the tables have: a row is filled up to the columns of its table, however short it was written. */
function cells(text: string): number {
  let sum = 0;
  let columns = 0;
  for (const line of text.split("\n")) {
    if (/^[ \t>]*$/.test(line)) columns = 0;
    else if (/^[ \t>:|-]*-[ \t:|-]*$/.test(line)) columns = counted(line, /\|/g);
    else sum += columns;
  }
  return sum;
}

function counted(text: string, mark: RegExp): number {
  return text.match(mark)?.length ?? 0;
}
