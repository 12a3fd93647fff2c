import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { Artifact } from "#contract/artifact";
import type { VersionLabel } from "#contract/label";
import { LABEL_NAME } from "#contract/limits";
import type { Measure } from "#contract/series";
import { keyHref, TABS } from "../../../_list/artifact-url";
import { parseAsZoom } from "./chart/zoom";

/** How many versions a page of the history shows. */
export const PAGE_SIZE = 50;

const parsers = {
  version: parseAsInteger,
  tab: parseAsStringLiteral(TABS).withDefault("content"),
  from: parseAsInteger,
  chart: parseAsStringLiteral(["number", "rows", "size", "none"]),
  axis: parseAsStringLiteral(["version", "time"]).withDefault("version"),
  with: parseAsArrayOf(parseAsString).withDefault([]),
  zoom: parseAsZoom,
};

/**
 * What the URL of a key selects: the open `version` (default: the latest), or the `label` that names it, its `tab`, the
 * version `from` which the history goes down (default: a page with the open version), and the measure in the chart with its
 * horizontal axis, the lines beside it, and the versions to which it is zoomed.
 */
export type KeyView = ViewParams & { label: string | null };

type ViewParams = inferParserType<typeof parsers>;

const load = createLoader(parsers);

type Query = URLSearchParams | Record<string, string | string[] | undefined>;

/** Reads the view from search parameters. A version that cannot exist is read as 0, `latest` as the default. */
export function parseView(query: Query): KeyView {
  const { version, from, ...rest } = load(query);
  const input = query instanceof URLSearchParams ? query.get("version") : query.version;
  const label = typeof input === "string" && LABEL_NAME.test(input) ? input : null;
  const isVersioned = input != null && label === null;
  return {
    ...rest,
    version: isVersioned ? (validVersion(version) ?? 0) : null,
    label: label === "latest" ? null : label,
    from: validVersion(from),
  };
}

function validVersion(version: number | null): number | null {
  return version !== null && version >= 1 && Number.isSafeInteger(version) ? version : null;
}

const serialize = createSerializer(parsers);

/** The URL of a key's page with a part of the view changed; other parameters in `query` stay. */
export function viewHref(key: string, view: Partial<ViewParams> = {}, query: URLSearchParams | null = null): string {
  const current = query?.toString();
  return serialize(current ? `${keyHref(key)}?${current}` : keyHref(key), view);
}

/** The number of the version that a view opens; 0 for one that cannot exist, and for a label that is not set. */
export function openVersion(view: KeyView, newest: number, labels: VersionLabel[]): number {
  if (view.label !== null) return labels.find(({ label }) => label === view.label)?.version ?? 0;
  return view.version ?? newest;
}

/** The title of a key's page. */
export function pageTitle(key: string, version: number | null, label: string | null): string {
  if (label !== null) return `${key} ${label}`;
  return version ? `${key} v${version}` : key;
}

/**
 * The version from which a page of the history goes down so that it includes a version; null for the latest. It is the
 * same for all versions of a stretch, so that the page does not move when a reader steps through them.
 */
export function pageStart(version: number, newest: number): number | null {
  if (version > newest - PAGE_SIZE) return null;
  const stretch = PAGE_SIZE / 2;
  return (Math.floor((version - 1) / stretch) + 2) * stretch;
}

/** The measures that a chart can show, judged by the latest version. */
export function availableMeasures({ number, rows }: Pick<Artifact, "number" | "rows">): Measure[] {
  return [...(number === null ? [] : ["number" as const]), ...(rows === null ? [] : ["rows" as const]), "size"];
}

export function measureName(measure: Measure, type: string | null): string {
  if (measure === "number") return type === "progress" ? "Progress" : "Number";
  if (measure === "size") return "Size";
  return type === "files" ? "Files" : "Rows";
}

/** The measure in the chart: the one in the URL if available, by default the number. */
export function selectedMeasure({ chart }: Pick<KeyView, "chart">, measures: Measure[]): Measure | null {
  if (chart === "none") return null;
  return measures.find((measure) => measure === (chart ?? "number")) ?? null;
}
