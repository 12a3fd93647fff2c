/** How many of something are covered. */
export interface Covered {
  found: number;
  hit: number;
}

export interface FileCoverage {
  file: string;
  lines: Covered;
  functions: Covered;
  branches: Covered;
  /** Ranges of lines that are not covered, such as `3-5, 9`. */
  uncovered: string;
}

/** In characters of `uncovered`. */
const MAX_UNCOVERED = 300;

interface Counts {
  file: string;
  lines: Map<number, number>;
  functions: Covered;
  branches: Covered;
}

/** The files of a report of lcov, with parts about the same file joined. Empty for other text. */
export function readLcov(text: string): FileCoverage[] {
  const files = new Map<string, Counts>();
  let current: Counts | null = null;
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(":");
    const [name, value] = at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    if (name === "SF") {
      current = files.get(value) ?? { file: value, lines: new Map(), functions: none(), branches: none() };
      files.set(value, current);
    }
    if (name === "end_of_record") current = null;
    if (current) count(current, name, value);
  }
  return Array.from(files.values(), summaryOf);
}

function count({ lines, functions, branches }: Counts, name: string, value: string): void {
  const [first = "", second = "", , fourth = ""] = value.split(",");
  switch (name) {
    case "DA":
      lines.set(Number(first), (lines.get(Number(first)) ?? 0) + Number(second));
      break;
    case "FNDA":
      functions.found += 1;
      if (Number(first) > 0) functions.hit += 1;
      break;
    case "BRDA":
      branches.found += 1;
      if (Number(fourth) > 0) branches.hit += 1;
      break;
  }
}

function summaryOf({ file, lines, functions, branches }: Counts): FileCoverage {
  const missed = [...lines].filter(([, hits]) => !(hits > 0)).map(([line]) => line);
  return {
    file,
    lines: { found: lines.size, hit: lines.size - missed.length },
    functions,
    branches,
    uncovered: rangesOf(missed),
  };
}

/** Numbers as text, such as `3-5, 9`. */
export function rangesOf(numbers: number[]): string {
  const ranges: [number, number][] = [];
  for (const each of numbers.sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === each - 1) last[1] = each;
    else ranges.push([each, each]);
  }
  const text = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
  return text.length <= MAX_UNCOVERED ? text : `${text.slice(0, text.lastIndexOf(",", MAX_UNCOVERED))} …`;
}

export function none(): Covered {
  return { found: 0, hit: 0 };
}

/** In percent with one decimal; null of nothing. */
export function shareOf({ found, hit }: Covered): number | null {
  return found === 0 ? null : Math.round((hit / found) * 1000) / 10;
}

export function sumOf(all: Covered[]): Covered {
  return all.reduce((sum, { found, hit }) => ({ found: sum.found + found, hit: sum.hit + hit }), none());
}

/** The rows of a table of files. */
export function coverageRows(files: readonly FileCoverage[]): object[] {
  return files.map(({ file, lines, functions, branches, uncovered }) => ({
    file,
    "lines %": shareOf(lines),
    "functions %": shareOf(functions),
    "branches %": shareOf(branches),
    lines: lines.found,
    "uncovered lines": uncovered,
  }));
}
