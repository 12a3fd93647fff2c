"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "#app/_ui/button";
import { formatCount } from "#formats/number";
import type { ViewerProps } from "../shared/viewer-props";
import { focusAfterStep, GalleryBar, type StepOrigin, stepOf } from "./gallery-bar";
import { ArtifactImage } from "./image";
import { ImageView } from "./image-view";
import { listedImages } from "./listed-images";

/** How many are shown at first, and by each further request. */
const SHOWN = 60;

/** The images of a list, side by side or one after the other. */
export function ImageListViewer({ data }: ViewerProps) {
  const images = listedImages(data) ?? [];
  const [at, setAt] = useState<number | null>(null);
  const [shown, setShown] = useState(SHOWN);
  const view = useRef<HTMLDivElement>(null);
  const image = at === null ? undefined : images[at];
  const show = (index: number, origin: StepOrigin) => {
    flushSync(() => setAt(index));
    if (view.current) focusAfterStep(origin, view.current);
  };
  const showAll = (last: number) => {
    flushSync(() => {
      setShown(Math.max(shown, last + 1));
      setAt(null);
    });
    view.current?.querySelector<HTMLElement>(`[data-image="${last}"]`)?.focus();
  };
  if (at === null || !image) {
    return (
      <div ref={view} className="space-y-3">
        <ul aria-label="Images" className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
          {images.slice(0, shown).map(({ url, alt }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an image is its place in the list
            <li key={index} className="flex flex-col justify-between gap-1 rounded-md border bg-surface p-1.5">
              <span className="flex min-h-24 items-center justify-center [&_img]:max-h-36 [&_img]:rounded-sm">
                <ArtifactImage src={url} alt="" inline frozen />
              </span>
              <Button
                look="quiet"
                data-image={index}
                onClick={() => show(index, "image")}
                className="w-full font-normal!"
              >
                <span className="truncate">{alt || `Image ${formatCount(index + 1)}`}</span>
              </Button>
            </li>
          ))}
        </ul>
        {images.length > shown && (
          <Button onClick={() => setShown(shown + SHOWN)}>
            Show {formatCount(Math.min(SHOWN, images.length - shown))} more
          </Button>
        )}
      </div>
    );
  }
  const step = (by: number, origin: StepOrigin) => show((at + by + images.length) % images.length, origin);
  const onKeyDown = (event: KeyboardEvent) => {
    const found = stepOf(event.nativeEvent);
    if (!found) return;
    event.preventDefault();
    step(found.by, found.origin);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work in what has the focus within
    <div ref={view} className="space-y-3" onKeyDown={onKeyDown}>
      <GalleryBar at={at} count={images.length} isGrid={false} onStep={step} onGrid={() => showAll(at)} />
      {image.alt !== "" && <p>{image.alt}</p>}
      <ImageView key={at} src={image.url} alt={image.alt || `Image ${formatCount(at + 1)}`} size={null} />
    </div>
  );
}
