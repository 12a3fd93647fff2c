import { useMemo, useSyncExternalStore } from "react";
import { storedText } from "#app/_ui/stored-text";
import type { Column } from "#formats/column";

/** In pixels. */
export const MIN_WIDTH = 76;
export const MAX_WIDTH = 1200;
const CHARACTER_WIDTH = 7.4;
const PADDING = 28;

/** How this browser shows the tables of a key. */
export interface ColumnLayout {
  /** In pixels, by the labels of columns that the reader resized. */
  widths: Record<string, number>;
  /** Whether long text is wrapped. */
  wrap: boolean;
}

const NO_LAYOUT: ColumnLayout = { widths: {}, wrap: false };

/** The layout that this browser remembers under a name, and a function that changes it. */
export function useColumnLayout(name: string): [layout: ColumnLayout, setLayout: (layout: ColumnLayout) => void] {
  const stored = useMemo(() => storedText(`table-layout:${name}`), [name]);
  const text = useSyncExternalStore(stored.subscribe, stored.read, () => null);
  const layout = useMemo(() => parseLayout(text), [text]);
  return [layout, (next) => stored.write(JSON.stringify(next))];
}

/** Ignores what an earlier or later program may have stored. */
export function parseLayout(text: string | null): ColumnLayout {
  try {
    const { widths, wrap }: Partial<Record<keyof ColumnLayout, unknown>> = JSON.parse(text ?? "{}");
    const entries = Object.entries(typeof widths === "object" && widths !== null ? widths : {});
    return {
      widths: Object.fromEntries(
        entries.filter(([, width]) => typeof width === "number" && width === clampWidth(width)),
      ),
      wrap: wrap === true,
    };
  } catch {
    return NO_LAYOUT;
  }
}

export function clampWidth(width: number): number {
  return Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width)));
}

/** In pixels, in which the values of a column fit as far as they are known. */
export function fittingWidth({ width }: Column): number {
  return clampWidth(width * CHARACTER_WIDTH + PADDING);
}
