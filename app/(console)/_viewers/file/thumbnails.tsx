"use client";

import { ImageIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import type { ListedFile } from "#formats/files/file-list";
import { formatBytes, formatCount } from "#formats/number";
import { useFrozen } from "../image/use-frozen";

/** In bytes: a larger image has no thumbnail. */
const MAX_SIZE = 4_000_000;

/** How many are listed at first, and by each further request. */
const LISTED = 200;

/** Images side by side, of which those in view are loaded. */
export function Thumbnails({
  images,
  current,
  urlOf,
  onOpen,
}: {
  images: readonly ListedFile[];
  current: string;
  urlOf: (path: string) => string;
  onOpen: (path: string) => void;
}) {
  const [listed, setListed] = useState(LISTED);
  return (
    <div className="space-y-3">
      <ul aria-label="Images" className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-3">
        {images.slice(0, listed).map((image) => (
          <li key={image.path}>
            <button
              type="button"
              aria-current={image.path === current}
              title={image.path}
              aria-label={image.path}
              onClick={() => onOpen(image.path)}
              className="group block w-full rounded-md border bg-surface p-1.5 text-left hover:bg-hover aria-[current=true]:border-accent"
            >
              <Thumbnail image={image} url={urlOf(image.path)} />
              <span className="mt-1 block truncate text-soft text-xs group-hover:text-ink">
                {image.path.slice(image.path.lastIndexOf("/") + 1)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {images.length > listed && (
        <Button onClick={() => setListed(listed + LISTED)}>
          Show {formatCount(Math.min(LISTED, images.length - listed))} more
        </Button>
      )}
    </div>
  );
}

function Thumbnail({ image, url }: { image: ListedFile; url: string }) {
  const [isBroken, setBroken] = useState(false);
  const { freeze, canvas: _, ...still } = useFrozen(url);
  if (isBroken || image.size > MAX_SIZE) {
    return (
      <span className="flex h-24 flex-col items-center justify-center gap-1 text-faint text-xs">
        <ImageIcon aria-hidden className="size-5" />
        {isBroken ? "No preview" : formatBytes(image.size)}
      </span>
    );
  }
  return (
    <span className="flex h-24 items-center justify-center">
      {/* biome-ignore lint/performance/noImgElement: images are shown unchanged, without an optimizer */}
      <img
        {...still}
        ref={freeze}
        onLoad={({ currentTarget }) => freeze(currentTarget)}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
        className="image-light max-h-full max-w-full rounded-sm"
      />
    </span>
  );
}
