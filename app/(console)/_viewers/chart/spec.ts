import type { Json } from "#contract/json";
import { isObject } from "../shared/is-object";

/** The language of a chart. */
export type ChartMode = "vega" | "vega-lite";

const SCHEMA = /^https?:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\//;
/** What makes an object without `$schema` one of Vega-Lite. */
const LITE = ["mark", "layer", "facet", "repeat", "hconcat", "vconcat", "concat", "spec"];

/** Whether data says by its `$schema` that it is a chart. */
export function isChart(data: Json): boolean {
  return isObject(data) && typeof data.$schema === "string" && SCHEMA.test(data.$schema);
}

/** Whether data can be read as a chart. */
export function mayBeChart(data: Json): boolean {
  return isChart(data) || (isObject(data) && (LITE.some((name) => Object.hasOwn(data, name)) || "marks" in data));
}

export function modeOf(data: Json): ChartMode {
  if (!isObject(data)) return "vega-lite";
  const named = typeof data.$schema === "string" ? SCHEMA.exec(data.$schema)?.[1] : undefined;
  return named === "vega" || (named === undefined && "marks" in data) ? "vega" : "vega-lite";
}

/** As wide as the page where the chart has no width of its own and is neither repeated nor beside others. */
export function fitted(data: Json): Json {
  if (!isObject(data) || modeOf(data) !== "vega-lite" || "width" in data) return data;
  const encoding = isObject(data.encoding ?? null) ? data.encoding : {};
  const isFaceted = isObject(encoding ?? null) && ["row", "column", "facet"].some((name) => name in Object(encoding));
  if (isFaceted || !("mark" in data || "layer" in data)) return data;
  return { ...data, width: "container" };
}
