import { median, type Times } from "../harness/measure";
import { ms, table, times } from "../harness/report";
import { BOUND, type ScaleCase, type Section } from "./cases";

const MOST_RATIO = 1.5;
const MOST_MS = 10;

/** The measured cases as Markdown: what the aims are for first, then each filter by verb, then each sort. */
export function tables(sizes: number[], cases: ScaleCase[], taken: Times, database: Map<string, number>): string {
  const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)];
  const at = (name: string, size: number) => median(taken.get(`${name}@${size}`) ?? []);
  const ratio = (name: string) => at(name, largest) / at(name, smallest);
  const named = cases.filter((each) => each.named);
  const slower = named.filter(({ name }) => ratio(name) > MOST_RATIO);
  const slow = named.filter(({ name }) => (database.get(name) ?? 0) > MOST_MS);
  const row = ({ name, named }: ScaleCase) => [
    named ? `**${bare(name)}**` : bare(name),
    ...sizes.map((size) => ms(at(name, size))),
    times(ratio(name)),
    ms(database.get(name) ?? Number.NaN),
  ];
  const head = (what: string) => [what, ...sizes.map(grouped), "largest / smallest", "in PostgreSQL"];
  const of = (section: Section, ending = "") =>
    cases.filter((each) => each.section === section && each.name.endsWith(ending)).map(row);
  return [
    `Medians of ${Math.max(...[...taken.values()].map((each) => each.length))} interleaved rounds through the models, in milliseconds, over up to 50,000 keys, with 100,000 flow runs of 200 flows and 200,000 task runs at every size. **Bold**: the named queries, held to at most ${MOST_RATIO} times the smallest size and ${MOST_MS} ms in PostgreSQL (planning included) at the largest.`,
    `${named.length - slower.length} of ${named.length} named queries keep the ratio, ${named.length - slow.length} of ${named.length} the time in PostgreSQL.${exceptions(slower, slow)}`,
    "### One version",
    table(head("query"), of("point")),
    "### Versions: first page of 50, newest first, by filter",
    table(head("filter"), of("artifact", "· page")),
    "### Collections: first page of 50, newest first, by filter",
    table(head("filter"), of("collection", "· page")),
    ...(["artifact", "collection"] as const).flatMap((noun) => [
      `### Counts and facets of ${noun}s at ${grouped(largest)}`,
      table(
        ["filter", `count to ${grouped(BOUND)}`, "exact count", "facets"],
        cases
          .filter(({ section, name }) => section === noun && name.endsWith("· page"))
          .map(({ name }) => {
            const verb = (other: string) => ms(at(name.replace("· page", `· ${other}`), largest));
            return [bare(name), verb(`count ≤ ${BOUND}`), verb("count"), verb("facets")];
          }),
      ),
    ]),
    ...(["artifact", "collection"] as const).flatMap((noun) => [
      `### Sorts and depths of ${noun}s: milliseconds at ${grouped(largest)}, and times those at ${grouped(smallest)}`,
      bySort(cases, `${noun} sorts`, (name) => `${ms(at(name, largest))} (${times(ratio(name))})`),
    ]),
  ].join("\n\n");
}

function exceptions(slower: ScaleCase[], slow: ScaleCase[]): string {
  const list = (cases: ScaleCase[]) => cases.map(({ name }) => name).join("; ");
  const parts = [
    slower.length > 0 ? `\n\nAbove the ratio: ${list(slower)}.` : "",
    slow.length > 0 ? `\n\nAbove the time: ${list(slow)}.` : "",
  ];
  return parts.join("");
}

function bySort(cases: ScaleCase[], section: Section, cell: (name: string) => string): string {
  const names = cases.filter((each) => each.section === section).map(({ name }) => name.split(" · "));
  const sorts = [...new Set(names.map(([, sort = ""]) => sort))];
  const firsts = [...new Set(names.map(([first = ""]) => first))];
  return table(
    ["what", ...sorts],
    firsts.map((first) => [bareOf(first), ...sorts.map((sort) => cell(`${first} · ${sort}`))]),
  );
}

function bare(name: string): string {
  return bareOf(name).replace(" · page", "");
}

function bareOf(name: string): string {
  return name.slice(name.indexOf(": ") + 2);
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
