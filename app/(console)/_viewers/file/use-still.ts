import { useEffect, useState } from "react";

/** The first picture of an animated image, as the URL of an image that does not move; null where there is none. */
export function useStill(url: string, isNeeded: boolean): string | "loading" | null {
  const [still, setStill] = useState<string | "loading" | null>("loading");
  useEffect(() => {
    if (!isNeeded) return;
    let created: string | undefined;
    let isCurrent = true;
    stillOf(url).then(
      (image) => {
        created = URL.createObjectURL(image);
        if (isCurrent) setStill(created);
        else URL.revokeObjectURL(created);
      },
      () => {
        if (isCurrent) setStill(null);
      },
    );
    return () => {
      isCurrent = false;
      if (created !== undefined) URL.revokeObjectURL(created);
    };
  }, [url, isNeeded]);
  return still;
}

async function stillOf(url: string): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("The image is too large to be drawn.");
  return blob;
}
