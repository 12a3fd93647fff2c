"use client";

import { Contrast, Maximize2, Minus, Plus } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { Artifact } from "#contract/artifact";
import { formatBytes } from "#formats/number";
import { isImageUrl } from "#formats/url";
import type { ViewerProps } from "../shared/viewer-props";
import { ArtifactImage, type ImageSize } from "./image";
import { startPan } from "./pan";

const ZOOM_LEVELS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8];

/** The alternative text: `alt` in the metadata, else the description or key. */
export function altOf({ metadata, description, key }: Artifact): string {
  const alt = metadata?.alt;
  return typeof alt === "string" ? alt : (description ?? key ?? "Image");
}

export function ImageViewer({ artifact, data }: ViewerProps) {
  const address = String(data);
  return isImageUrl(data) ? (
    <ImageView key={data} alt={altOf(artifact)} size={artifact.size} src={data} />
  ) : (
    <UnsupportedImage address={address.trim()} />
  );
}

/** In place of an image at an address that a browser cannot open. */
function UnsupportedImage({ address }: { address: string }) {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(address)?.[1];
  return (
    <div className="rounded-md border border-edge border-dashed px-4 py-3">
      <p className="text-soft">
        {scheme === undefined
          ? "This image can't be shown, since its data is not the URL of an image."
          : `This image can't be shown, since a browser can't open ${scheme.toLowerCase()}: addresses.`}{" "}
        Publish an http or https URL, or the image itself as a data URL.
      </p>
      <p className="mt-1 max-h-40 overflow-y-auto break-all font-mono text-xs">{address}</p>
    </div>
  );
}

/**
 * An image with zoom controls and keys, moved by dragging, on a background that shows transparency, light unless the reader
 * wants it dark. `size` is that of one that is kept here, in bytes, as far as it is known. `onBroken` is called for one that can't be shown.
 */
export function ImageView({
  src,
  alt,
  size,
  onBroken,
}: {
  src: string;
  alt: string;
  size: number | null;
  onBroken?: () => void;
}) {
  const region = useRef<HTMLElement>(null);
  const [natural, setNatural] = useState<ImageSize | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const [dark, setDark] = useState(false);
  const level = zoom ?? 1;
  const larger = ZOOM_LEVELS.find((each) => each > level);
  const smaller = ZOOM_LEVELS.findLast((each) => each < level);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !natural) return;
    const zooms: Record<string, number | null | undefined> = { "+": larger, "=": larger, "-": smaller, "0": null };
    const next = zooms[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setZoom(next);
  };
  const isStored = src.startsWith("data:") || src.startsWith("/api/");
  return (
    <figure>
      {natural && (
        <figcaption className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-sm tabular-nums">
          <span>
            {natural.width} × {natural.height}
            {isStored && size !== null && ` · ${formatBytes(size)}`}
          </span>
          <span className="-mr-2 ml-auto flex items-center print:hidden">
            <Button look="quiet" aria-pressed={dark} onClick={() => setDark(!dark)}>
              <Contrast aria-hidden className="size-3.5" />
              Dark background
            </Button>
            <Button look="quiet" aria-pressed={zoom === null} onClick={() => setZoom(null)}>
              <Maximize2 aria-hidden className="size-3.5" />
              Fit
            </Button>
            <Button look="quiet" aria-pressed={zoom === 1} onClick={() => setZoom(1)}>
              1:1
            </Button>
            <Button look="quiet" aria-label="Zoom out" disabled={!smaller} onClick={() => smaller && setZoom(smaller)}>
              <Minus aria-hidden className="size-4" />
            </Button>
            <span aria-live="polite" className="w-12 text-center text-soft">
              {zoom !== null && `${Math.round(zoom * 100)} %`}
            </span>
            <Button look="quiet" aria-label="Zoom in" disabled={!larger} onClick={() => larger && setZoom(larger)}>
              <Plus aria-hidden className="size-4" />
            </Button>
          </span>
        </figcaption>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys work in the region that has the focus */}
      <div
        data-gallery="view"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => region.current && startPan(region.current, event)}
      >
        <ScrollRegion
          ref={region}
          label="Image"
          className={
            natural ? `max-h-[75vh] overflow-auto rounded-md border ${zoom === null ? "" : "cursor-grab"}` : ""
          }
        >
          <ArtifactImage
            src={src}
            alt={alt}
            dark={dark}
            onSize={setNatural}
            onBroken={onBroken}
            zoom={zoom === null || natural === null ? null : zoom * natural.width}
          />
        </ScrollRegion>
      </div>
    </figure>
  );
}
