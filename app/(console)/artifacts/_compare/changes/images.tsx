"use client";

import { type ReactNode, useState } from "react";
import { formatCount } from "#formats/number";
import { ArtifactImage, type ImageSize } from "../../../_viewers/image/image";
import { CHANGE } from "./jumps";
import { Segments } from "./segments";

const MODES = ["Side by side", "Slider", "Fade", "Difference"] as const;
type Mode = (typeof MODES)[number];
/** Overlaid images have the same place and scale. */
const FILL = "[&_img]:h-auto [&_img]:max-h-none [&_img]:w-full";

interface ImageProps {
  name: string;
  src: string;
}

/** Two images, side by side, overlaid with a slider or one fading into the other, or the difference of their colours. */
export function ImageDifference({
  difference: { from, to },
  names,
}: {
  difference: { from: string; to: string };
  names: [string, string];
}) {
  const [mode, setMode] = useState<Mode>("Side by side");
  const older = { name: names[0], src: from };
  const newer = { name: names[1], src: to };
  return (
    <div {...CHANGE}>
      <div className="mb-3">
        <Segments
          label="Image layout"
          value={mode}
          options={MODES.map((each) => ({ value: each, label: each }))}
          onPick={setMode}
        />
      </div>
      {mode === "Side by side" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Framed sign="−" image={older} />
          <Framed sign="+" image={newer} />
        </div>
      )}
      {(mode === "Slider" || mode === "Fade") && <Overlaid mode={mode} older={older} newer={newer} />}
      {mode === "Difference" && <ColourDifference older={older} newer={newer} />}
    </div>
  );
}

function Framed({ sign, image: { name, src } }: { sign: string; image: ImageProps }) {
  const [size, setSize] = useState<ImageSize | null>(null);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5 flex gap-x-3 text-soft text-sm tabular-nums">
        <span>
          <span aria-hidden className={`mr-1.5 font-mono ${sign === "+" ? "text-good" : "text-danger"}`}>
            {sign}
          </span>
          {name}
        </span>
        {size && (
          <span className="text-faint">
            {formatCount(size.width)} × {formatCount(size.height)}
          </span>
        )}
      </figcaption>
      <div className="rounded-md border bg-surface p-3">
        <ArtifactImage src={src} alt={name} onSize={setSize} />
      </div>
    </figure>
  );
}

/** The newer image over the older one: right of a line, or as transparent as chosen. */
function Overlaid({ mode, older, newer }: { mode: "Slider" | "Fade"; older: ImageProps; newer: ImageProps }) {
  const [share, setShare] = useState(50);
  const isSlider = mode === "Slider";
  return (
    <div className="max-w-3xl">
      <div className={`relative overflow-hidden rounded-md border bg-surface ${FILL}`}>
        <ArtifactImage src={older.src} alt={older.name} />
        <div
          className="absolute inset-0 bg-surface"
          style={isSlider ? { clipPath: `inset(0 0 0 ${share}%)` } : { opacity: share / 100 }}
        >
          <ArtifactImage src={newer.src} alt={newer.name} />
        </div>
        {isSlider && <div aria-hidden className="absolute inset-y-0 w-0.5 bg-accent" style={{ left: `${share}%` }} />}
      </div>
      <label className="mt-2 flex items-center gap-3 text-soft text-sm">
        <span aria-hidden>−</span>
        <span className="sr-only">
          {isSlider ? "Share of the older image, in per cent" : "Opacity of the newer image, in per cent"}
        </span>
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
  );
}

/** Black where both images have the same colour. */
function ColourDifference({ older, newer }: { older: ImageProps; newer: ImageProps }): ReactNode {
  return (
    <figure className="max-w-3xl">
      <div className={`relative isolate overflow-hidden rounded-md border bg-black ${FILL}`}>
        <ArtifactImage src={older.src} alt={older.name} />
        <div className="absolute inset-0 mix-blend-difference">
          <ArtifactImage src={newer.src} alt={newer.name} />
        </div>
      </div>
      <figcaption className="mt-2 text-faint text-sm">
        Black where both images are the same; the lighter a part, the more it differs.
      </figcaption>
    </figure>
  );
}
