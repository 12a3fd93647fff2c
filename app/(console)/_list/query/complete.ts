import type { Facets, FacetValue } from "#contract/paging";
import type { QueryField } from "#contract/query/field";
import { FIELDS, fieldOf, PRESENCES } from "#contract/query/fields";
import { printName, writtenValue } from "#contract/query/print";
import type { Place } from "#contract/query/tree";
import { STATE_TYPES } from "#contract/state";
import { formatCount } from "#formats/number";

/** What a part of a query can be replaced by. */
export interface Completion {
  id: string;
  /** As shown. */
  label: string;
  hint: string;
  /** What is written at the place. */
  text: string;
}

/** The part of a query that is being written: an operator, or a value of one. */
export interface Target {
  /** What a completion replaces. */
  place: Place;
  /** The whole condition, up to where it is written. */
  condition: Place;
  typed: string;
  /** The operator of a value, as written; null for an operator. */
  field: string | null;
}

type FacetName = Exclude<keyof Facets, "complete">;

/** The part of a query that ends at the caret; null within a word or quotes, where nothing is completed. */
export function targetAt(text: string, caret: number): Target | null {
  if (/[^\s()]/.test(text.charAt(caret))) return null;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < caret; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && /[\s()]/.test(character)) start = at + 1;
  }
  if (quoted) return null;
  if (text.charAt(start) === "-") start += 1;
  const token = text.slice(start, caret);
  const condition = { offset: start, length: token.length };
  const colon = token.indexOf(":");
  if (colon < 0) return { place: condition, condition, typed: token, field: null };
  const values = token.slice(colon + 1);
  const [sign = ""] = /^(?:!=|=|~)?(?:.*,)?/.exec(values) ?? [];
  const typed = values.slice(sign.length);
  const place = { offset: caret - typed.length, length: typed.length };
  return { place, condition, typed, field: token.slice(0, colon) };
}

/** What operators are offered first. */
const COMMON = ["type", "flow", "tag", "label", "age", "rows", "has", "metadata"];
const MOST = 12;

/** What the part of a query can be completed to, the best first. */
export function completionsOf({ typed, field }: Target, facets: Facets | undefined, today: string): Completion[] {
  const found = field === null ? operators(typed, facets) : values(field, facets, today);
  const low = typed.toLowerCase().replace(/^"/, "");
  const starting = found.filter(({ label }) => label.toLowerCase().startsWith(low));
  const containing = found.filter(
    ({ label }) => !starting.some((each) => each.label === label) && label.toLowerCase().includes(low),
  );
  return [...starting, ...containing].filter(({ text }) => text !== typed).slice(0, MOST);
}

/** Whether what can complete a part of a query is what rows have in common. */
export function needsFacets({ typed, field }: Target): boolean {
  return field !== null || METADATA.test(typed);
}

/** The operator of a name in the metadata. */
const METADATA = /^metadata\./i;

function operators(typed: string, facets: Facets | undefined): Completion[] {
  if (METADATA.test(typed)) return metadataNames(facets);
  const named = [...FIELDS, { name: "has", doc: "what is there: has:description" }].map(({ name, doc }) => ({
    id: name,
    label: name,
    hint: doc.replaceAll("`", ""),
    text: name === "metadata" ? "metadata." : `${name}:`,
  }));
  if (typed !== "") return named;
  return COMMON.flatMap((name) => named.filter((each) => each.label === name));
}

function metadataNames(facets: Facets | undefined): Completion[] {
  return (facets?.metadataNames ?? []).flatMap(({ value, count }) =>
    value === null || value === ""
      ? []
      : {
          id: value,
          label: `metadata.${value}`,
          hint: countHint(count, facets),
          text: `metadata.${printName(value)}:`,
        },
  );
}

function countHint(count: number, facets: Pick<Facets, "complete"> | undefined): string {
  return `${formatCount(count)}${facets?.complete ? "" : "+"}`;
}

const FACETS: Record<string, FacetName> = {
  type: "types",
  label: "labels",
  by: "authors",
  owner: "owners",
  tag: "artifactTags",
  flow: "flows",
  deployment: "deployments",
  "run.tag": "tags",
  "run.state": "states",
};

function values(name: string, facets: Facets | undefined, today: string): Completion[] {
  if (name.toLowerCase() === "has") return [...PRESENCES.keys()].map((each) => plain(each));
  const field = fieldOf(name);
  if (!field) return [];
  const facet = FACETS[field.name];
  const observed = facet && facets ? occurring(facets[facet], facets.complete, field) : [];
  const others = fixedValues(field, today).filter(({ text }) => !observed.some((each) => each.text === text));
  return [...observed, ...others];
}

/** Of a value that occurs twice, as the name of two flows, the first and more frequent. */
function occurring(found: FacetValue[], isComplete: boolean, field: QueryField): Completion[] {
  const known = new Map<string, Completion>();
  for (const { value, count } of found) {
    if (value === null || value === "" || known.has(value)) continue;
    const label = field.kind === "state" ? value.toLowerCase() : value;
    const hint = countHint(count, { complete: isComplete });
    known.set(value, { id: value, label, hint, text: writtenValue(label) });
  }
  return [...known.values()];
}

function plain(text: string, hint = ""): Completion {
  return { id: text, label: text, hint, text };
}

function fixedValues({ kind }: QueryField, today: string): Completion[] {
  switch (kind) {
    case "state":
      return STATE_TYPES.map((state) => plain(state.toLowerCase()));
    case "author":
      return [plain("me", "you")];
    case "boolean":
      return [plain("true"), plain("false")];
    case "age":
      return [
        plain("<1h", "the last hour"),
        plain("<1d", "the last day"),
        plain("<7d", "the last week"),
        plain(">30d", "older than 30 days"),
      ];
    case "time":
      return [plain(today, "today, in UTC"), plain(`>=${today}`, "since"), plain(`<${today}`, "before")];
    case "size":
      return [plain(">1MB", "larger than"), plain("<1kB", "smaller than"), plain("1MB..10MB", "from, to")];
    case "whole":
    case "limit":
    case "number":
      return [plain(">100", "greater than"), plain("<100", "less than"), plain("10..100", "from, to")];
    default:
      return [];
  }
}

/** A query with its part replaced, and where the caret is then. An operator waits for its value; a value is followed by a space. */
export function completed(
  text: string,
  { place, field }: Target,
  completion: Completion,
): { text: string; caret: number } {
  const rest = text.slice(place.offset + place.length);
  const added = field === null || /^\s/.test(rest) ? completion.text : `${completion.text} `;
  return { text: text.slice(0, place.offset) + added + rest, caret: place.offset + added.length };
}

/** A query without the condition that is being written: what its values are counted in. */
export function without(text: string, { offset, length }: Place): string {
  const start = text.charAt(offset - 1) === "-" ? offset - 1 : offset;
  return `${text.slice(0, start)}${text.slice(offset + length)}`.trim();
}

/** How many recent queries are offered. */
const MOST_RECENT = 8;

/** Recent queries with one first, and nowhere else. */
export function withQuery(recent: string[], query: string): string[] {
  const added = query.trim();
  if (added === "") return recent;
  return [added, ...recent.filter((each) => each !== added)].slice(0, MOST_RECENT);
}
