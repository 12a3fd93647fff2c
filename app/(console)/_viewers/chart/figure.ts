import type { Json } from "#contract/json";
import { isObject } from "../shared/is-object";

/** A figure of Plotly, as its libraries write it. */
export interface Figure {
  data: Record<string, Json>[];
  layout: Record<string, Json>;
  frames?: Record<string, Json>[];
}

/** Whether data has the shape of a figure, which few other data have: traces and a layout. */
export function isFigure(data: Json): boolean {
  return mayBeFigure(data) && isObject(data) && isObject(data.layout ?? null);
}

/** Whether data can be read as a figure. */
export function mayBeFigure(data: Json): boolean {
  return isObject(data) && Array.isArray(data.data) && data.data.every(isObject);
}

/** Traces that have a simpler form, which browsers draw without WebGL. */
const SIMPLER: Record<string, string> = { scattergl: "scatter", heatmapgl: "heatmap" };

/** The figure alone, without what else its data may have, such as options of the program that draws it. */
export function figureOf(data: Json): Figure {
  const object = isObject(data) ? data : {};
  const listOf = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isObject) : []);
  const traces = listOf(object.data).map((trace) => {
    const simpler =
      typeof trace.type === "string" && Object.hasOwn(SIMPLER, trace.type) ? SIMPLER[trace.type] : undefined;
    return simpler === undefined ? trace : { ...trace, type: simpler };
  });
  const frames = listOf(object.frames);
  const layout = isObject(object.layout ?? null) ? Object(object.layout) : {};
  return { data: traces, layout, ...(frames.length > 0 && { frames }) };
}
