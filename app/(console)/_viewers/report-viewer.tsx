"use client";

import { type ReactNode, useContext, useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { isGeoJson } from "#formats/geo/geo-json";
import { childrenOf, indexJsonText, type JsonIndex, kindOf, nameOf, sourceOf } from "#formats/json-index";
import { formatCount } from "#formats/number";
import { isChart } from "./chart/spec";
import { OutlineScope } from "./markdown/outline/outline-scope";
import type { ViewerProps } from "./shared/viewer-props";
import { TableScope } from "./table/query/table-scope";

/** More parts are shown on request. */
const MAX_PARTS = 50;
/** Of charts, diagrams and maps, which are slow to render; each further one is rendered on request. */
const MAX_GRAPHICS = 20;
const GRAPHIC_TYPES = new Set<unknown>(["vega", "vega-lite", "mermaid", "geojson"]);
const GRAPHIC_VIEWERS = new Set<unknown>(["chart", "mermaid", "map"]);

interface Part {
  artifact: Artifact;
  data: Json;
  /** Its JSON text, with numbers as they were written. */
  text: string;
  title: string | null;
  isGraphic: boolean;
}

/** A list of parts, each a text in markdown or `{ type, data, title, metadata }`, one below the other as their types show. */
export function ReportViewer({ artifact, data, text, Part }: ViewerProps) {
  const [showsAll, setShowsAll] = useState(false);
  const parts = useMemo(() => partsOf(artifact, data, text), [artifact, data, text]);
  const scope = useContext(TableScope);
  const shown = showsAll ? parts : parts.slice(0, MAX_PARTS);
  const immediate = new Set(parts.filter(({ isGraphic }) => isGraphic).slice(0, MAX_GRAPHICS));
  return (
    <div className="space-y-8">
      {shown.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part that is updated keeps its position
        <section key={at} aria-label={part.title ?? `Part ${at + 1}`} className="min-w-0">
          {part.title !== null && <h2 className="mb-3 font-semibold text-lg">{part.title}</h2>}
          <OnRequest when={part.isGraphic && !immediate.has(part)}>
            <TableScope value={`${scope}${at + 1}-`}>
              <OutlineScope value={false}>
                <Part artifact={part.artifact} data={part.data} text={part.text} />
              </OutlineScope>
            </TableScope>
          </OnRequest>
        </section>
      ))}
      {shown.length < parts.length && (
        <Notice action={<Button onClick={() => setShowsAll(true)}>Show all</Button>}>
          The first {MAX_PARTS} of {formatCount(parts.length)} parts are shown.
        </Notice>
      )}
    </div>
  );
}

function OnRequest({ when, children }: { when: boolean; children: ReactNode }) {
  const [isShown, setShown] = useState(false);
  if (!when || isShown) return children;
  return (
    <Notice action={<Button onClick={() => setShown(true)}>Show</Button>}>
      The first {MAX_GRAPHICS} charts, diagrams and maps are shown.
    </Notice>
  );
}

function partsOf(artifact: Artifact, data: Json, text: string): Part[] {
  if (!Array.isArray(data)) return [];
  const index = indexJsonText(text);
  const values = [...childrenOf(index, 0)];
  return data.map((part, at) => partOf(artifact, part, index, values[at] ?? 0));
}

function partOf(artifact: Artifact, part: Json, index: JsonIndex, value: number): Part {
  const id = `${artifact.id}/${value}`;
  const own = {
    ...artifact,
    id,
    key: null,
    version: null,
    description: null,
    metadata: null,
    rows: null,
    number: null,
  };
  if (typeof part === "string") {
    const text = sourceOf(index, value);
    return { artifact: { ...own, type: "markdown" }, data: part, text, title: null, isGraphic: false };
  }
  if (typeof part !== "object" || part === null || Array.isArray(part) || !("data" in part)) {
    const text = sourceOf(index, value);
    return { artifact: { ...own, type: null }, data: part, text, title: null, isGraphic: isGraphicData(part) };
  }
  const type = typeof part.type === "string" ? part.type : typeof part.data === "string" ? "markdown" : null;
  const metadata = part.metadata;
  const isMetadata = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  const data = part.data ?? null;
  return {
    artifact: { ...own, type, metadata: isMetadata ? metadata : null },
    data,
    text: sourceOf(index, memberOf(index, value, "data")),
    title: typeof part.title === "string" && part.title !== "" ? part.title : null,
    isGraphic: GRAPHIC_TYPES.has(type) || (isMetadata && GRAPHIC_VIEWERS.has(metadata.viewer)) || isGraphicData(data),
  };
}

function isGraphicData(data: Json): boolean {
  return isChart(data) || isGeoJson(data);
}

/** The last member of a name, which is the one that counts. */
function memberOf(index: JsonIndex, object: number, name: string): number {
  if (kindOf(index, object) !== "object") return object;
  return [...childrenOf(index, object)].findLast((child) => nameOf(index, child) === name) ?? object;
}
