import { formatMs, formatRatio, table } from "../harness/markdown";
import { median, type TimesByCase } from "../harness/measure";
import { COUNT_LIMIT, type ScaleCase, type Section } from "./cases";

const MAX_RATIO = 1.5;
const MAX_MS = 10;

/**
 * The measured cases as Markdown: the named queries, then every filter by procedure, then every sort.
 * @param inPostgres milliseconds inside PostgreSQL, by case name
 */
export function scaleTables(
  sizes: number[],
  cases: ScaleCase[],
  timesByCase: TimesByCase,
  inPostgres: Map<string, number>,
): string {
  const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)];
  const at = (name: string, size: number) => median(timesByCase.get(`${name}@${size}`) ?? []);
  const ratio = (name: string) => at(name, largest) / at(name, smallest);
  const named = cases.filter((each) => each.named);
  const slower = named.filter(({ name }) => ratio(name) > MAX_RATIO);
  const slow = named.filter(({ name }) => (inPostgres.get(name) ?? 0) > MAX_MS);
  const row = ({ name, named }: ScaleCase) => [
    named ? `**${shortName(name)}**` : shortName(name),
    ...sizes.map((size) => formatMs(at(name, size))),
    formatRatio(ratio(name)),
    formatMs(inPostgres.get(name) ?? Number.NaN),
  ];
  const head = (first: string) => [first, ...sizes.map(formatCount), "largest / smallest", "in PostgreSQL"];
  const of = (section: Section, ending = "") =>
    cases.filter((each) => each.section === section && each.name.endsWith(ending)).map(row);
  return [
    `Medians of ${Math.max(...[...timesByCase.values()].map((each) => each.length))} interleaved rounds through the models, in milliseconds, over up to 50,000 keys, with 100,000 flow runs of 200 flows and 200,000 task runs at every size. **Bold**: the named queries, whose targets are at most ${MAX_RATIO} times the smallest size, and ${MAX_MS} ms in PostgreSQL (planning included) at the largest.`,
    `${named.length - slower.length} of ${named.length} named queries meet the ratio, and ${named.length - slow.length} the time in PostgreSQL${exceptions(slow)}. The ratios are in the tables below.`,
    "### One version",
    table(head("query"), of("point")),
    "### Versions: first page of 50, newest first, by filter",
    table(head("filter"), of("artifact", "· page")),
    "### Collections: first page of 50, newest first, by filter",
    table(head("filter"), of("collection", "· page")),
    ...(["artifact", "collection"] as const).flatMap((noun) => [
      `### Counts and facets of ${noun}s at ${formatCount(largest)}`,
      table(
        ["filter", `count to ${formatCount(COUNT_LIMIT)}`, "exact count", "facets"],
        cases
          .filter(({ section, name }) => section === noun && name.endsWith("· page"))
          .map(({ name }) => {
            const verb = (other: string) => formatMs(at(name.replace("· page", `· ${other}`), largest));
            return [shortName(name), verb(`count ≤ ${COUNT_LIMIT}`), verb("count"), verb("facets")];
          }),
      ),
    ]),
    ...(["artifact", "collection"] as const).flatMap((noun) => [
      `### Sorts and depths of ${noun}s: milliseconds at ${formatCount(largest)} (ratio to ${formatCount(smallest)})`,
      bySort(cases, `${noun} sorts`, (name) => `${formatMs(at(name, largest))} (${formatRatio(ratio(name))})`),
    ]),
  ].join("\n\n");
}

function exceptions(slow: ScaleCase[]): string {
  return slow.length > 0 ? ` (not: ${slow.map(({ name }) => name).join("; ")})` : "";
}

function bySort(cases: ScaleCase[], section: Section, cell: (name: string) => string): string {
  const names = cases.filter((each) => each.section === section).map(({ name }) => name.split(" · "));
  const sorts = [...new Set(names.map(([, sort = ""]) => sort))];
  const firsts = [...new Set(names.map(([first = ""]) => first))];
  return table(
    ["query", ...sorts],
    firsts.map((first) => [withoutSection(first), ...sorts.map((sort) => cell(`${first} · ${sort}`))]),
  );
}

function shortName(name: string): string {
  return withoutSection(name).replace(" · page", "");
}

function withoutSection(name: string): string {
  return name.slice(name.indexOf(": ") + 2);
}

function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
