import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsInteger,
  parseAsStringLiteral,
} from "nuqs/server";
import type { Artifact } from "#contract/artifact";
import type { Measure } from "#contract/series";

/** How many versions the history shows at once. */
export const PAGE_SIZE = 50;

const parsers = {
  version: parseAsInteger,
  from: parseAsInteger,
  chart: parseAsStringLiteral(["number", "rows", "size", "none"]),
};

/**
 * Which version is open beside the history (the latest where none is named), from which number down the history shows
 * (the newest where none is named), and what is drawn of the versions.
 */
export type HistoryView = inferParserType<typeof parsers>;

const load = createLoader(parsers);

/** Reads the view from the search parameters of the page; numbers that no version can have are left out. */
export async function loadHistory(searchParams: Parameters<typeof load>[0]): Promise<HistoryView> {
  const { version, from, chart } = await load(searchParams);
  return { version: possible(version), from: possible(from), chart };
}

function possible(version: number | null): number | null {
  return version !== null && version >= 1 && Number.isSafeInteger(version) ? version : null;
}

const serialize = createSerializer(parsers);

/** The address of a key's history in a view. */
export function historyHref(key: string, view: Partial<HistoryView> = {}): string {
  return serialize(`/artifacts/key/${key}`, view);
}

/** From where the history shows so that the open version is in it. */
export function firstVersionShown({ version, from }: HistoryView, latest: number): number | null {
  if (from !== null || version === null || version > latest - PAGE_SIZE) return from;
  return version + PAGE_SIZE / 2;
}

/** What can be drawn of the versions of a key, as its latest shows. */
export function availableMeasures({ number, rows }: Pick<Artifact, "number" | "rows">): Measure[] {
  return [...(number === null ? [] : ["number" as const]), ...(rows === null ? [] : ["rows" as const]), "size"];
}

/** What a measure is called, of versions of a type. */
export function measureName(measure: Measure, type: string | null): string {
  if (measure === "number") return type === "progress" ? "Progress" : "Number";
  return measure === "rows" ? "Rows" : "Size";
}

/** What is drawn: what the URL names where it can be, by default a number where the versions have one. */
export function selectedMeasure({ chart }: HistoryView, measures: Measure[]): Measure | null {
  if (chart === "none") return null;
  return measures.find((measure) => measure === (chart ?? "number")) ?? null;
}
