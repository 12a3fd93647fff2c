import { useCallback, useState } from "react";
import { useMedia } from "#app/_ui/media";

/** In pixels: pictures of this width and height are enough for tiles. */
const LARGEST = 400;

/**
 * For an image that must not move where the device reduces motion: its first picture replaces it once `freeze` got it loaded.
 * That of an image from another host can only be shown as the `canvas`, as it can't be read.
 */
export function useFrozen(src: string, isNeeded = true) {
  const reduces = useMedia("(prefers-reduced-motion: reduce)", false) && isNeeded;
  const [frozen, setFrozen] = useState<string | HTMLCanvasElement | null>(null);
  const freeze = useCallback(
    (image: HTMLImageElement | null) => {
      if (reduces && image?.complete && image.naturalWidth > 0) setFrozen((old) => old ?? firstPicture(image));
    },
    [reduces],
  );
  const isHidden = reduces && frozen === null;
  return {
    src: reduces && typeof frozen === "string" ? frozen : src,
    canvas: reduces && typeof frozen === "object" ? frozen : null,
    style: isHidden ? { opacity: 0 } : undefined,
    freeze,
  };
}

function firstPicture(image: HTMLImageElement): string | HTMLCanvasElement {
  const { naturalWidth: width, naturalHeight: height } = image;
  const part = Math.min(1, LARGEST / Math.max(1, width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * part));
  canvas.height = Math.max(1, Math.round(height * part));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  try {
    return canvas.toDataURL();
  } catch {
    // The image is from another host.
    return canvas;
  }
}
