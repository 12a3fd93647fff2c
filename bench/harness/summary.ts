import { table } from "./markdown";

/** A line of the summary: the table row that it quotes, in the section that a benchmark wrote. */
interface Line {
  label: string;
  section: "peer" | "scale" | "limit" | "live";
  /** The heading above the table, where the section has several tables. */
  heading?: string;
  row: string;
  /** Builds the figure and the comparison from the cells of the row. */
  quote(cells: string[]): [figure: string, comparison: string];
}

const besidePrefect = ([, rate = "", , ratio = "", p99 = ""]: string[]): [string, string] => [
  `${rate} per second, p99 ${p99} ms`,
  `${plain(ratio)} Prefect`,
];

const amongMillion = ([, smallest = "", , largest = ""]: string[]): [string, string] => [
  `${largest} ms`,
  `${smallest} ms among 10,000`,
];

const LINES: Line[] = [
  { label: "Read a version by id", section: "peer", row: "read by id", quote: besidePrefect },
  { label: "Read the latest version of a key", section: "peer", row: "latest by key", quote: besidePrefect },
  { label: "List 50 by type", section: "peer", row: "list of 50 by type, without data", quote: besidePrefect },
  {
    label: "List 50 from the middle of 100,000, with data",
    section: "peer",
    row: "50 from the middle, by cursor, with data",
    quote: besidePrefect,
  },
  { label: "Publish a version of 1 kB", section: "peer", row: "create of 1 kB", quote: besidePrefect },
  { label: "Change a description", section: "peer", row: "update of a description", quote: besidePrefect },
  {
    label: "Publish 1,000 versions of 1 kB in one call",
    section: "scale",
    heading: "### Single and bulk creates",
    row: "createMany of 1,000",
    quote: ([, rows = "", ratio = ""]) => [`${rows} rows per second`, `${ratio} single creates`],
  },
  {
    label: "First page of 50 among 1,000,000",
    section: "scale",
    heading: "### Versions: first page of 50, newest first, by filter",
    row: "no filter",
    quote: amongMillion,
  },
  {
    label: "Search descriptions among 1,000,000",
    section: "scale",
    heading: "### Versions: first page of 50, newest first, by filter",
    row: "description contains",
    quote: amongMillion,
  },
  {
    label: "Read a version by id, beside bare Node.js",
    section: "limit",
    row: "point read of 1 kB",
    quote: ([, bare = "", rate = "", share = ""]) => [`${rate} per second`, `${plain(share)} of ${bare}`],
  },
];

/**
 * The first table of docs/performance.md, quoted from the sections below it.
 * @throws Error when a section has no such row
 */
export function summaryTable(document: string): string {
  const rows = LINES.map((line) => [line.label, ...line.quote(cellsOf(document, line))]);
  return table(["operation", "Vitrine", "compared with"], rows);
}

function cellsOf(document: string, { section, heading = "", row }: Line): string[] {
  const from = document.indexOf(`<!-- bench:${section} -->`);
  const to = document.indexOf(`<!-- /bench:${section} -->`);
  const text = document.slice(from, to);
  const lines = text.slice(Math.max(0, text.indexOf(heading))).split("\n");
  const found = lines.map(splitRow).find(([first = ""]) => plain(first) === row);
  if (!found) throw new Error(`The section "${section}" of docs/performance.md has no row "${row}".`);
  return found;
}

function splitRow(line: string): string[] {
  return line.startsWith("|")
    ? line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];
}

function plain(cell: string): string {
  return cell.replaceAll("**", "");
}
