import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsInteger,
  parseAsStringLiteral,
} from "nuqs/server";
import type { Artifact } from "#contract/artifact";
import type { Measure } from "#contract/series";

/** How many versions a page of the history shows. */
export const PAGE_SIZE = 50;

const parsers = {
  version: parseAsInteger,
  from: parseAsInteger,
  chart: parseAsStringLiteral(["number", "rows", "size", "none"]),
};

/**
 * What the URL of a key selects: the open `version` (default: the latest), the version `from` which the history goes
 * down (default: the latest), and the measure in the chart.
 */
export type HistoryView = inferParserType<typeof parsers>;

const load = createLoader(parsers);

/** Reads the view from the search parameters of the page. Impossible version numbers are ignored. */
export async function loadHistory(searchParams: Parameters<typeof load>[0]): Promise<HistoryView> {
  const { version, from, chart } = await load(searchParams);
  return { version: validVersion(version), from: validVersion(from), chart };
}

function validVersion(version: number | null): number | null {
  return version !== null && version >= 1 && Number.isSafeInteger(version) ? version : null;
}

const serialize = createSerializer(parsers);

/** The URL of a key's page in a view. */
export function historyHref(key: string, view: Partial<HistoryView> = {}): string {
  return serialize(`/artifacts/key/${key}`, view);
}

/** The version from which the history goes down so that it includes the open version; null for the latest. */
export function historyStart({ version, from }: HistoryView, latest: number): number | null {
  if (from !== null || version === null || version > latest - PAGE_SIZE) return from;
  return version + PAGE_SIZE / 2;
}

/** The measures that a chart can show, judged by the latest version. */
export function availableMeasures({ number, rows }: Pick<Artifact, "number" | "rows">): Measure[] {
  return [...(number === null ? [] : ["number" as const]), ...(rows === null ? [] : ["rows" as const]), "size"];
}

export function measureName(measure: Measure, type: string | null): string {
  if (measure === "number") return type === "progress" ? "Progress" : "Number";
  return measure === "rows" ? "Rows" : "Size";
}

/** The measure in the chart: the one in the URL if available, by default the number. */
export function selectedMeasure({ chart }: HistoryView, measures: Measure[]): Measure | null {
  if (chart === "none") return null;
  return measures.find((measure) => measure === (chart ?? "number")) ?? null;
}
