"use client";

import { ListTree, Map as MapIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { formatCount, pluralize } from "#formats/number";
import { TreeOfText } from "../json/tree-of-text";
import type { ViewerProps } from "../shared/viewer-props";
import { type Features, featuresIn, MAX_COORDINATES } from "./features";
import { mapShapes, SIZE } from "./map-shapes";

/** More features are one shape, of which none can be chosen. */
const MAX_SHAPES = 2_000;
/** The first properties of a feature are its title. */
const TITLE = { properties: 4, characters: 200 };
/** What is listed of the feature that is chosen. */
const SHOWN = { properties: 200, characters: 2_000 };

/** GeoJSON on the outline of the land, which is part of the program: no map is loaded from elsewhere. */
export function MapViewer({ artifact, data, text }: ViewerProps) {
  const found = useMemo(() => featuresIn(data), [data]);
  const [view, setView] = useState<"map" | "tree">("map");
  const tree = <TreeOfText key={artifact.updated} text={text} />;
  if (found.features.length === 0) return tree;
  if (found.coordinates > MAX_COORDINATES) {
    return (
      <div className="space-y-3">
        <Notice>
          This has {formatCount(found.coordinates)} coordinates, more than the {formatCount(MAX_COORDINATES)} that a map
          is drawn of, so it's shown as JSON.
        </Notice>
        {tree}
      </div>
    );
  }
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-faint text-sm tabular-nums">
        {pluralize(found.features.length, "feature")}
        {found.left > 0 && <span>· {formatCount(found.left)} without valid coordinates</span>}
        <fieldset className="ml-auto flex gap-1 print:hidden">
          <legend className="sr-only">Show as</legend>
          <Button look="quiet" aria-pressed={view === "map"} onClick={() => setView("map")}>
            <MapIcon aria-hidden className="size-3.5" />
            Map
          </Button>
          <Button look="quiet" aria-pressed={view === "tree"} onClick={() => setView("tree")}>
            <ListTree aria-hidden className="size-3.5" />
            Tree
          </Button>
        </fieldset>
      </div>
      {view === "map" ? <Plot found={found} /> : tree}
    </div>
  );
}

function Plot({ found: { features } }: { found: Features }) {
  const { land, graticule, outline, shapes } = useMemo(() => mapShapes(features), [features]);
  const [chosen, setChosen] = useState<number | null>(null);
  const one = shapes.length > MAX_SHAPES;
  const properties = chosen === null ? null : features[chosen]?.properties;
  return (
    <>
      <svg
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        role="img"
        aria-label={`Map of ${pluralize(features.length, "feature")}`}
        className="block w-full rounded-md border bg-canvas"
      >
        {outline !== null && <path d={outline} className="fill-none stroke-edge" />}
        {land !== null && <path d={land} className="fill-hover stroke-edge" strokeWidth={0.75} />}
        {graticule !== null && <path d={graticule} className="fill-none stroke-line" strokeWidth={0.5} />}
        {(one ? [shapes.join("")] : shapes).map((shape, at) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: features have no identity but their position
            key={at}
            d={shape}
            fillRule="evenodd"
            strokeWidth={1.25}
            onPointerDown={one ? undefined : () => setChosen(at)}
            className={`${isLine(features[at]?.geometry.type) && !one ? "fill-none" : "fill-accent/25"} ${
              chosen === at ? "stroke-danger" : "stroke-accent"
            }`}
          >
            {!one && <title>{titleOf(features[at]?.properties ?? {})}</title>}
          </path>
        ))}
      </svg>
      {properties && <Properties properties={properties} />}
    </>
  );
}

function Properties({ properties }: { properties: Record<string, unknown> }) {
  const all = Object.entries(properties);
  return (
    <ScrollRegion label="Properties of the feature" className="max-h-72 overflow-y-auto text-sm">
      <dl className="grid grid-cols-[fit-content(50%)_1fr] gap-x-4 gap-y-1">
        {all.slice(0, SHOWN.properties).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="min-w-0 break-words text-soft">{cut(name)}</dt>
            <dd className="min-w-0 break-words">{cut(textOf(value))}</dd>
          </div>
        ))}
      </dl>
      {all.length > SHOWN.properties && (
        <p className="mt-1 text-faint">
          The first {formatCount(SHOWN.properties)} of {formatCount(all.length)} properties; the tree has all.
        </p>
      )}
    </ScrollRegion>
  );
}

function isLine(type: string | undefined): boolean {
  return type === "LineString" || type === "MultiLineString";
}

function titleOf(properties: Record<string, unknown>): string {
  const lines = Object.entries(properties).slice(0, TITLE.properties);
  return lines.map(([name, value]) => `${name}: ${textOf(value)}`.slice(0, TITLE.characters)).join("\n");
}

function cut(text: string): string {
  return text.length > SHOWN.characters ? `${text.slice(0, SHOWN.characters)}…` : text;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
