"use client";

import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { isImageFile } from "#formats/files/image-types";
import { focusAfterStep, GalleryBar, type StepOrigin, stepOf } from "../image/gallery-bar";
import { Thumbnails } from "./thumbnails";
import type { FileViewerProps } from "./viewer-props";

/** Around an image of a folder: steps to the next and previous one, by the arrow keys too, and all of them as thumbnails. */
export function Gallery({ file, folder, children }: FileViewerProps & { children: ReactNode }) {
  const { files, urlOf, open } = folder;
  const images = useMemo(() => files.filter(isImageFile), [files]);
  const [isGrid, setGrid] = useState(false);
  const at = images.findIndex(({ path }) => path === file.path);
  if (!open || images.length < 2 || at < 0) return children;

  const step = (by: number, origin: StepOrigin) => {
    const next = images[(at + by + images.length) % images.length];
    if (!next) return;
    // The view of each image is another one: without its effects now, the focus would be lost.
    flushSync(() => open(next.path));
    focusAfterStep(origin);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const found = stepOf(event.nativeEvent);
    if (!found) return;
    event.preventDefault();
    step(found.by, found.origin);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work in what has the focus within
    <div className="space-y-3" onKeyDown={isGrid ? undefined : onKeyDown}>
      <GalleryBar at={at} count={images.length} isGrid={isGrid} onStep={step} onGrid={() => setGrid(!isGrid)} />
      {isGrid ? (
        <Thumbnails
          images={images}
          current={file.path}
          urlOf={urlOf}
          onOpen={(path) => {
            flushSync(() => {
              setGrid(false);
              open(path);
            });
            focusAfterStep("image");
          }}
        />
      ) : (
        children
      )}
    </div>
  );
}
