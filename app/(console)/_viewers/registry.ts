import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { CODE_EXTENSIONS, extensionOf, LANGUAGES } from "#formats/files/language";
import { isGeoJson } from "#formats/geo/geo-json";
import { isNotebook } from "#formats/notebook/is-notebook";
import { isCobertura } from "#formats/reports/cobertura";
import { isJunit } from "#formats/reports/junit";
import { isSarif } from "#formats/reports/sarif";
import { parseLink } from "#formats/url";
import { isFigure, mayBeFigure } from "./chart/figure";
import { isChart, mayBeChart } from "./chart/spec";
import { listedImages } from "./image/listed-images";
import { isLighthouse } from "./lighthouse/lighthouse";
import { LinkViewer } from "./link-card";
import { NumberViewer } from "./number/number-viewer";
import { ownViewers } from "./own/own-viewers";
import { ProgressViewer } from "./progress";
import type { ViewerComponent } from "./shared/viewer-props";

/** A way to show data. What it needs is loaded only where it is used: here are its name and its conditions. */
export interface Viewer {
  /** As `metadata.viewer` names it. */
  name: string;
  /** Whether it can show the data. */
  accepts: (data: Json) => boolean;
  /** The types of artifacts that it is chosen for. */
  types?: readonly string[];
  /** For data of a type that no viewer is for, and for none: whether it is chosen by the shape of the data. */
  fits?: (data: Json) => boolean;
  /** For text of such a type: the endings of keys that it is chosen by. */
  extensions?: readonly string[];
  /** In bytes: larger data is shown by its type, as JSON or as text. Unless it is said, what a page embeds. */
  maxSize?: number;
  Component: ViewerComponent;
}

/** In bytes: texts that are cut into lines, and data that is parsed, without blocking the page for long. */
const MAX_TEXT = 16_000_000;
const MAX_PARSED = 4_000_000;

const isText = (data: Json) => typeof data === "string";
/** Whether a text, which may be shown as such, is short enough to be parsed. */
const isParsed = (data: Json) => typeof data === "string" && data.length <= MAX_PARSED;
const isNumber = (data: Json) => typeof data === "number";
const isStructure = (data: Json) => typeof data === "object" && data !== null;

const loaded = (load: () => Promise<ViewerComponent>): ViewerComponent => dynamic(() => loadCode(load));

/** The first that accepts the data is chosen of those for its type. */
export const VIEWERS: readonly Viewer[] = [
  { name: "link", types: ["link"], accepts: (data) => parseLink(data) !== null, Component: LinkViewer },
  {
    name: "markdown",
    types: ["markdown", "link"],
    accepts: isText,
    Component: loaded(() => import("./markdown/markdown-viewer").then((module) => module.MarkdownViewer)),
  },
  {
    name: "table",
    types: ["table"],
    // Prefect's tables are JSON within a text.
    accepts: (data) => isStructure(data) || isText(data),
    Component: loaded(() => import("./table-viewer").then((module) => module.TableViewer)),
  },
  {
    name: "image",
    types: ["image"],
    accepts: (data) => typeof data === "string" && data.trim() !== "",
    Component: loaded(() => import("./image/image-view").then((module) => module.ImageViewer)),
  },
  {
    name: "images",
    types: ["images"],
    accepts: (data) => listedImages(data) !== null,
    Component: loaded(() => import("./image/image-list").then((module) => module.ImageListViewer)),
  },
  {
    name: "progress",
    types: ["progress"],
    // Beyond 0 to 100 too, as lists show it.
    accepts: (data) => typeof data === "number",
    Component: ProgressViewer,
  },
  {
    name: "mermaid",
    types: ["mermaid"],
    extensions: ["mmd", "mermaid"],
    accepts: isText,
    Component: loaded(() => import("./diagram/diagram").then((module) => module.MermaidViewer)),
  },
  {
    name: "math",
    types: ["math", "latex"],
    accepts: isText,
    Component: loaded(() => import("./math/formula").then((module) => module.MathViewer)),
  },
  {
    name: "log",
    types: ["log"],
    extensions: ["log"],
    accepts: isText,
    maxSize: MAX_TEXT,
    Component: loaded(() => import("./log/log-view").then((module) => module.LogViewer)),
  },
  {
    name: "html",
    types: ["html"],
    extensions: ["html", "htm"],
    accepts: isText,
    maxSize: MAX_TEXT,
    Component: loaded(() => import("./html/html-viewer").then((module) => module.HtmlViewer)),
  },
  {
    name: "code",
    types: ["code", ...LANGUAGES],
    extensions: CODE_EXTENSIONS,
    accepts: isText,
    maxSize: MAX_TEXT,
    Component: loaded(() => import("./code/code-view").then((module) => module.CodeViewer)),
  },
  {
    name: "jsonl",
    types: ["jsonl", "ndjson"],
    extensions: ["jsonl", "ndjson"],
    accepts: isText,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./json-lines-viewer").then((module) => module.JsonLinesViewer)),
  },
  {
    name: "chart",
    types: ["vega", "vega-lite"],
    accepts: mayBeChart,
    fits: isChart,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./chart/chart-viewer").then((module) => module.ChartViewer)),
  },
  {
    name: "plotly",
    types: ["plotly"],
    accepts: mayBeFigure,
    fits: isFigure,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./chart/chart-viewer").then((module) => module.PlotlyViewer)),
  },
  {
    name: "map",
    types: ["geojson"],
    accepts: isGeoJson,
    fits: isGeoJson,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./geo/map-viewer").then((module) => module.MapViewer)),
  },
  {
    name: "report",
    types: ["report"],
    accepts: Array.isArray,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./report-viewer").then((module) => module.ReportViewer)),
  },
  {
    name: "notebook",
    types: ["notebook"],
    accepts: isNotebook,
    fits: isNotebook,
    maxSize: MAX_TEXT,
    Component: loaded(() => import("./notebook/notebook-viewer").then((module) => module.NotebookViewer)),
  },
  {
    name: "junit",
    types: ["junit"],
    accepts: isText,
    fits: (data) => isJunit(data) && isParsed(data),
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./junit-viewer").then((module) => module.JunitViewer)),
  },
  {
    name: "coverage",
    types: ["lcov", "cobertura"],
    fits: (data) => isCobertura(data) && isParsed(data),
    extensions: ["lcov"],
    accepts: isText,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./coverage-viewer").then((module) => module.CoverageViewer)),
  },
  {
    name: "sarif",
    types: ["sarif"],
    accepts: isSarif,
    fits: isSarif,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./sarif-viewer").then((module) => module.SarifViewer)),
  },
  {
    name: "lighthouse",
    types: ["lighthouse"],
    accepts: isLighthouse,
    fits: isLighthouse,
    maxSize: MAX_PARSED,
    Component: loaded(() => import("./lighthouse-viewer").then((module) => module.LighthouseViewer)),
  },
  { name: "number", accepts: isNumber, fits: isNumber, Component: NumberViewer },
  {
    name: "text",
    accepts: isText,
    Component: loaded(() => import("./text/text-view").then((module) => module.TextViewer)),
  },
  {
    name: "json",
    accepts: () => true,
    Component: loaded(() => import("./structure-view").then((module) => module.JsonViewer)),
  },
];

/** A viewer, or null for the generic one, and why it is not the one that the metadata names. */
export interface Choice {
  viewer: Viewer | null;
  notice: string | null;
}

type Named = Pick<Artifact, "type" | "key" | "metadata">;

const own = new Map<string, ViewerComponent>();

/** The component of a viewer of the operator, always the same. */
function ownComponent(name: string): ViewerComponent {
  const known = own.get(name) ?? loaded(() => import("./own/own-viewer").then((module) => module.dataViewer(name)));
  own.set(name, known);
  return known;
}

/** Those of the operator come first. */
function allViewers(): readonly Viewer[] {
  const own = ownViewers().map((each) => ({ ...each, accepts: () => true, Component: ownComponent(each.name) }));
  return [...own, ...VIEWERS];
}

/** Chooses a viewer: by `metadata.viewer`, else by the type, else by the shape of the data or what the key of a text ends with. */
export function chooseViewer(artifact: Named, data: Json): Choice {
  const name = artifact.metadata?.viewer;
  const own = { viewer: byData(artifact, data), notice: null };
  if (name === undefined || name === null) return own;
  const named = allViewers().find((viewer) => viewer.name === name);
  if (named?.accepts(data)) return { viewer: named, notice: null };
  const notice = named
    ? `The viewer "${named.name}", which the metadata names, can't show this data.`
    : `The metadata names a viewer that doesn't exist. It can be ${allViewers()
        .map((viewer) => viewer.name)
        .join(", ")}.`;
  return { ...own, notice };
}

/** A part of a report; a report within it as JSON, since its parts would come on top of those that a report may have. */
export function asPart<Part extends Named>(part: Part, data: Json): Part {
  return chooseViewer(part, data).viewer?.name === "report" ? { ...part, metadata: { viewer: "json" } } : part;
}

/** The viewer of data that is not loaded yet: by what is said about it, as it may turn out not to be what it should. */
export function viewerOfLarge({ type, key, metadata }: Named): Viewer | null {
  const named = allViewers().find((viewer) => viewer.name === metadata?.viewer);
  return named ?? allViewers().find(({ types }) => type !== null && types?.includes(type)) ?? byExtension(key) ?? null;
}

function byData({ type, key }: Named, data: Json): Viewer | null {
  const ofType = type === null ? [] : allViewers().filter(({ types }) => types?.includes(type));
  if (ofType.length > 0) return ofType.find(({ accepts }) => accepts(data)) ?? null;
  return allViewers().find(({ fits }) => fits?.(data)) ?? (isText(data) ? byExtension(key) : undefined) ?? null;
}

function byExtension(key: string | null): Viewer | undefined {
  const extension = extensionOf(key);
  return extension === null ? undefined : allViewers().find(({ extensions }) => extensions?.includes(extension));
}
