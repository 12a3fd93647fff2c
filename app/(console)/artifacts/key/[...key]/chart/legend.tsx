import { Plus, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import type { Metadata } from "#contract/artifact";
import type { Measure } from "#contract/series";
import { LOOKS } from "../../../../_chart/looks";
import { MAX_OVERLAYS, type Overlay, overlayName } from "./overlay";

const OverlayPicker = lazy(() =>
  loadCode(() => import("./overlay-picker")).then((module) => ({ default: module.OverlayPicker })),
);

/** The lines beside that of a key, each of which can be taken away, a button to add one, and what the axes are. */
export function Legend({
  artifactKey,
  name,
  measure,
  overlays,
  metadata,
  note,
  onChange,
}: {
  artifactKey: string;
  name: string;
  measure: Measure;
  overlays: Overlay[];
  metadata: Metadata | null;
  /** What the axes are, where there are several lines. */
  note: string;
  onChange: (overlays: Overlay[]) => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {overlays.length > 0 && (
        <ul aria-label="Lines" className="contents">
          <li className="flex items-center gap-1.5">
            <Sample colour="var(--accent)" />
            {name}
          </li>
          {overlays.map((overlay, index) => (
            <li key={overlayName(overlay)} className="flex min-w-0 items-center gap-1.5">
              <Sample {...LOOKS[index]} />
              <span className="max-w-56 truncate">{overlayName(overlay)}</span>
              <button
                type="button"
                aria-label={`Remove ${overlayName(overlay)} from the chart`}
                onClick={() => onChange(overlays.filter((each) => each !== overlay))}
                className="-ml-1 inline-flex size-6 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {overlays.length < MAX_OVERLAYS && (
        <Popover
          label="Add a line"
          look="quiet"
          className="-ml-2.5 h-7 px-2"
          button={
            <>
              <Plus aria-hidden className="size-3.5" />
              Add line
            </>
          }
        >
          {(close) => (
            <Suspense>
              <OverlayPicker
                artifactKey={artifactKey}
                measure={measure}
                overlays={overlays}
                metadata={metadata}
                onAdd={(overlay) => {
                  close();
                  onChange([...overlays, overlay]);
                }}
              />
            </Suspense>
          )}
        </Popover>
      )}
      {overlays.length > 0 && <p className="w-full text-faint text-xs">{note}</p>}
    </div>
  );
}

function Sample({ colour, dashes }: { colour?: string; dashes?: string }) {
  return (
    <svg aria-hidden width="20" height="8" className="shrink-0">
      <line x1="0" x2="20" y1="4" y2="4" strokeWidth="2" style={{ stroke: colour, strokeDasharray: dashes }} />
    </svg>
  );
}
