"use client";

import { Maximize2, Minus, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { Artifact } from "#contract/artifact";
import { formatBytes } from "#formats/number";
import { ArtifactImage, type ImageSize } from "./image";

const ZOOM_LEVELS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8];

/** The words that stand for an image: those it was given, else its description or key. */
export function altOf({ metadata, description, key }: Artifact): string {
  const alt = metadata?.alt;
  return typeof alt === "string" ? alt : (description ?? key ?? "Picture");
}

/** An image to look at: fitted, in its own size, or nearer; over a chequered ground, so that one sees through what is clear. */
export function ImageView({ src, alt, size }: { src: string; alt: string; size: number }) {
  const [own, setOwn] = useState<ImageSize | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const near = zoom ?? 1;
  const nearer = ZOOM_LEVELS.find((step) => step > near);
  const farther = ZOOM_LEVELS.findLast((step) => step < near);
  const inside = src.startsWith("data:") || src.startsWith("/api/");
  return (
    <figure>
      {own && (
        <figcaption className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-sm tabular-nums">
          <span>
            {own.width} × {own.height}
            {inside && ` · ${formatBytes(size)}`}
          </span>
          <span className="-mr-2 ml-auto flex items-center">
            <Button look="quiet" aria-pressed={zoom === null} onClick={() => setZoom(null)}>
              <Maximize2 aria-hidden className="size-3.5" />
              Fit
            </Button>
            <Button look="quiet" aria-pressed={zoom === 1} onClick={() => setZoom(1)}>
              1:1
            </Button>
            <Button look="quiet" aria-label="Zoom out" disabled={!farther} onClick={() => farther && setZoom(farther)}>
              <Minus aria-hidden className="size-4" />
            </Button>
            <span aria-live="polite" className="w-12 text-center text-soft">
              {zoom !== null && `${Math.round(zoom * 100)} %`}
            </span>
            <Button look="quiet" aria-label="Zoom in" disabled={!nearer} onClick={() => nearer && setZoom(nearer)}>
              <Plus aria-hidden className="size-4" />
            </Button>
          </span>
        </figcaption>
      )}
      <ScrollRegion label="Image" className={own ? "max-h-[75vh] overflow-auto rounded-md border" : ""}>
        <ArtifactImage
          src={src}
          alt={alt}
          onSize={setOwn}
          zoom={zoom === null || own === null ? null : zoom * own.width}
        />
      </ScrollRegion>
    </figure>
  );
}
