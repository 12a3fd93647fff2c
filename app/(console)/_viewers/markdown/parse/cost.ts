import { isTooDeep } from "#formats/markdown";

/** What is parsed in the page at most, in characters and in estimated milliseconds. */
const MAX_CHARACTERS = 30_000;
const MAX_COST = 30;
/** What is shown of an expensive text before the worker has parsed it, in characters. */
const MAX_BEGINNING = 6_000;
const BLOCK_START = /\n(?=[ \t>]*(?:\n|$|[-*+] |\d{1,9}[.)] |#{1,6} |\|))/;
const BLANK_LINE = /\n[ \t>]*\n/;
const MATH_FENCE = /^[ \t>*+\-\d.)]*(?:\${2,}[^$\n]*$|(?:`{3,}|~{3,})[ \t]*math)/m;
const WHOLE_FENCE = /^\$\$[^$\n]*\n[^$]*\n\$\$[ \t]*$/;
/** As in `#formats/markdown/math`. */
const INLINE_MATH =
  /(?<!\$)(\${2,})(?!\$)[^$]*\1(?!\$)|(?<![\p{L}\p{N}$])\$(?![\s$])(?:\\.|[^$\\])*(?<!\s)\$(?![\p{L}\p{N}$])/gsu;
/** Where a dollar sign at the beginning of a line may be something other than math. */
const FENCE_OR_HTML = /^[ \t>*+\-\d.)]*(?:`{3}|~{3}|<)/m;
/** Where dollar signs may be in something other than a line of text. */
const NOT_ONLY_TEXT = /[`<|@]|\r(?!\n)|\\\$|\]\(|:\/\/|www\.|\n(?! {0,3}(?:[\p{L}\\(]|\$(?!\$)))/u;

/** Whether a text, even a hostile one, is parsed fast enough for the page; any other is parsed in a worker. */
export function isCheap(text: string): boolean {
  return text.length <= MAX_CHARACTERS && !isTooDeep(text) && costOf(text) <= MAX_COST;
}

/** The first blocks of an expensive text, as far as they can be parsed in the page; their end may be wrong. */
export function beginningOf(text: string): string {
  const end = text.lastIndexOf("\n\n", MAX_BEGINNING);
  const beginning = end < 0 ? "" : text.slice(0, end);
  return isCheap(beginning) ? beginning : "";
}

/** Estimated milliseconds. The factors were measured with hostile texts, one for each construct that the parser is slow at. */
function costOf(text: string): number {
  const footnotes = counted(text, /\[\^/g);
  const urls = counted(text, /www\.|:\/\/|@/g);
  let cost =
    text.length * 0.002 + counted(text, /\n/g) * 0.03 + urls * 0.03 + footnotes ** 2 * 2e-4 + cellsIn(text) * 0.02;
  cost += counted(text, /<[a-z]/gi) * 0.03;
  const math = mathIn(text);
  cost += counted(math, /\$/g) * 0.06 + math.length * 0.035 + counted(math, /&/g) * 0.05;
  for (const block of text.split(BLOCK_START)) {
    const marks = counted(block, /[*_~]/g);
    const brackets = counted(block, /\[/g);
    const bars = counted(block, /\|/g);
    cost += marks ** 2 * 3e-5 + brackets ** 2 * 2e-5 + bars * 0.03;
    cost += (unpaired(block, /`+/g) + unpaired(block, /\${2,}/g)) * block.length * 4e-5;
    if (cost > MAX_COST) return cost;
  }
  return cost;
}

/** The number of runs without another of the same length; for each the parser scans the rest of the block. */
function unpaired(block: string, runs: RegExp): number {
  const lengths = new Set<number>();
  for (const [run] of block.matchAll(runs)) {
    if (!lengths.delete(run.length)) lengths.add(run.length);
  }
  return lengths.size;
}

/** The formulas of a text, together with what may be in one where that isn't certain without parsing it. */
function mathIn(text: string): string {
  if (!text.includes("$") && !MATH_FENCE.test(text)) return "";
  const isCertain = !FENCE_OR_HTML.test(text);
  const blocks = text.split(BLANK_LINE);
  let math = "";
  for (const [at, block] of blocks.entries()) {
    if (!MATH_FENCE.test(block)) math += inlineMathIn(block);
    else if (isCertain && WHOLE_FENCE.test(block)) math += block;
    else return math + blocks.slice(at).join("\n\n");
  }
  return math;
}

function inlineMathIn(block: string): string {
  let math = "";
  const rest = block.replace(INLINE_MATH, (formula) => {
    math += formula;
    return " ";
  });
  const isCertain = !NOT_ONLY_TEXT.test(block) && !rest.includes("$$");
  return isCertain ? math : block.slice(block.indexOf("$"), block.lastIndexOf("$") + 1);
}

/** The number of table cells; the parser fills short rows up to the width of their table. */
function cellsIn(text: string): number {
  let sum = 0;
  let columns = 0;
  for (const line of text.split("\n")) {
    if (/^[ \t>]*$/.test(line)) columns = 0;
    else if (/^[ \t>:|-]*-[ \t:|-]*$/.test(line)) columns = counted(line, /\|/g);
    else sum += columns;
  }
  return sum;
}

function counted(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
