"use client";

import { useState } from "react";
import { ArtifactImage } from "../../../_viewers/image/image";
import { CHANGE } from "./jumps";

const MODES = ["Side by side", "Slider"] as const;
const FILL = "[&_img]:h-auto [&_img]:max-h-none [&_img]:w-full";

/** Two images, side by side or overlaid with a slider. */
export function ImageDifference({
  difference: { from, to },
  names,
}: {
  difference: { from: string; to: string };
  names: [string, string];
}) {
  const [mode, setMode] = useState<(typeof MODES)[number]>("Side by side");
  const [share, setShare] = useState(50);
  return (
    <div {...CHANGE}>
      <fieldset className="mb-3 inline-flex rounded-md border border-line bg-hover p-0.5">
        <legend className="sr-only">Image layout</legend>
        {MODES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            onClick={() => setMode(each)}
            className={`rounded px-2.5 py-0.5 text-sm ${each === mode ? "bg-raised font-medium text-ink shadow-sm ring-1 ring-line" : "text-soft hover:text-ink"}`}
          >
            {each}
          </button>
        ))}
      </fieldset>
      {mode === "Side by side" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Framed sign="−" name={names[0]} src={from} />
          <Framed sign="+" name={names[1]} src={to} />
        </div>
      ) : (
        <div className="max-w-3xl">
          <div className={`relative overflow-hidden rounded-md border bg-surface ${FILL}`}>
            <ArtifactImage src={from} alt={names[0]} />
            <div className="absolute inset-0 bg-surface" style={{ clipPath: `inset(0 0 0 ${share}%)` }}>
              <ArtifactImage src={to} alt={names[1]} />
            </div>
            <div aria-hidden className="absolute inset-y-0 w-0.5 bg-accent" style={{ left: `${share}%` }} />
          </div>
          <label className="mt-2 flex items-center gap-3 text-soft text-sm">
            <span aria-hidden>−</span>
            <span className="sr-only">Share of the older image, in per cent</span>
            <input
              type="range"
              min={0}
              max={100}
              value={share}
              onChange={(event) => setShare(event.target.valueAsNumber)}
              className="h-6 min-w-0 flex-1 accent-accent"
            />
            <span aria-hidden>+</span>
          </label>
        </div>
      )}
    </div>
  );
}

function Framed({ sign, name, src }: { sign: string; name: string; src: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5 text-soft text-sm">
        <span aria-hidden className={`mr-1.5 font-mono ${sign === "+" ? "text-good" : "text-danger"}`}>
          {sign}
        </span>
        {name}
      </figcaption>
      <div className="rounded-md border bg-surface p-3">
        <ArtifactImage src={src} alt={name} />
      </div>
    </figure>
  );
}
