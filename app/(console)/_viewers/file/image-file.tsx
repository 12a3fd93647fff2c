"use client";

import { Play } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "#app/_ui/button";
import { useMedia } from "#app/_ui/media";
import { isAnimated } from "#formats/files/image-types";
import { ImageView } from "../image/image-view";
import { Gallery } from "./gallery";
import { HexFile } from "./hex-file";
import { useFileHead } from "./use-file-head";
import { useStill } from "./use-still";
import type { FileViewerProps } from "./viewer-props";

/** An image, with steps to the others of its folder. */
export function ImageFile(props: FileViewerProps) {
  return (
    <Gallery {...props}>
      <OneImage {...props} />
    </Gallery>
  );
}

function OneImage(props: FileViewerProps) {
  const { file, url } = props;
  const [isBroken, setBroken] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const isStill = useMedia("(prefers-reduced-motion: reduce)", false);
  const { bytes, isError } = useFileHead(file, url, isStill);
  const stops = isStill && !isPlaying && bytes !== undefined && isAnimated(bytes);
  const still = useStill(url, stops);
  const onBroken = useCallback(() => setBroken(true), []);
  if (isBroken) {
    return (
      <HexFile
        {...props}
        onRetry={() => setBroken(false)}
        problem="This image can't be shown: it is damaged, or this browser can't read its format."
      />
    );
  }
  if (isStill && !bytes && !isError) return null;
  if (stops && still === "loading") return null;
  if (!stops || still === null) return <ImageView src={url} alt={file.path} size={file.size} onBroken={onBroken} />;
  return (
    <div className="space-y-3">
      <p className="flex items-center gap-3 text-soft text-sm">
        <Button onClick={() => setPlaying(true)}>
          <Play aria-hidden className="size-4" />
          Play
        </Button>
        Paused, because this device reduces motion.
      </p>
      <ImageView src={still} alt={file.path} size={file.size} />
    </div>
  );
}
