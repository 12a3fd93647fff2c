"use client";

import { ImageIcon, ImageOff } from "lucide-react";
import { type MouseEvent, useCallback, useState } from "react";
import { Button } from "#app/_ui/button";
import { allowHost, useIsAllowed } from "./allowed-hosts";

const HERE = "http://here.invalid";
const CHIP =
  "inline-flex max-w-full items-center gap-1.5 rounded border border-edge border-dashed px-1.5 text-soft text-xs leading-5";
const BOX = "flex flex-wrap items-center gap-3 rounded-md border border-edge border-dashed px-4 py-6 text-soft text-sm";

/** How large a picture is, in its own pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/**
 * A picture. One from another host is asked for only after a click, and the host is named before it; a broken one says
 * so. `onSize` is told its own size once it is there; `zoom` is the width it is drawn with, null fits it.
 */
export function ArtifactImage({
  src,
  alt,
  inline = false,
  zoom = null,
  onSize,
}: {
  src: string;
  alt: string;
  inline?: boolean;
  zoom?: number | null;
  onSize?: (size: ImageSize) => void;
}) {
  const [broken, setBroken] = useState(false);
  // Where it was there before scripts were, no event tells of it.
  const arrived = useCallback(
    (image: HTMLImageElement | null) => {
      if (!image?.complete) return;
      const { naturalWidth: width, naturalHeight: height } = image;
      if (width > 0 && height > 0) onSize?.({ width, height });
      else image.decode().catch(() => setBroken(true));
    },
    [onSize],
  );
  const host = hostOf(src);
  const allowed = useIsAllowed(host ?? "");

  if (!src || broken) {
    return (
      <span className={inline ? CHIP : BOX}>
        <ImageOff aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="min-w-0 break-words">
          {src ? "This picture could not be loaded" : "This picture has no address that can be shown"}
          {alt && `: ${alt}`}
        </span>
      </span>
    );
  }
  if (host !== null && !allowed) return <BlockedImage host={host} alt={alt} inline={inline} />;
  return (
    // biome-ignore lint/performance/noImgElement: pictures are shown as they are, no optimizer stands between
    <img
      ref={arrived}
      src={src}
      alt={alt}
      referrerPolicy="no-referrer"
      onLoad={(event) => arrived(event.currentTarget)}
      onError={() => setBroken(true)}
      style={zoom === null ? undefined : { width: zoom }}
      className={
        inline
          ? "inline-block max-h-[32rem] max-w-full"
          : `chequered mx-auto block ${zoom === null ? "max-h-[74vh] max-w-full" : "max-w-none"}`
      }
    />
  );
}

function BlockedImage({ host, alt, inline }: { host: string; alt: string; inline: boolean }) {
  const show = (event: MouseEvent) => {
    // The picture may be the words of a link; agreeing to see it is not following it.
    event.preventDefault();
    allowHost(host);
  };
  const label = `Show pictures from ${host}${alt && `: ${alt}`}`;
  if (inline) {
    return (
      <button
        type="button"
        onClick={show}
        aria-label={label}
        title={label}
        className={`${CHIP} align-baseline hover:bg-hover`}
      >
        <ImageIcon aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="truncate">{alt || "Picture"}</span>
        <span className="truncate text-faint">{host}</span>
      </button>
    );
  }
  return (
    <div className={BOX}>
      <ImageIcon aria-hidden className="size-5 shrink-0 text-faint" />
      <span className="min-w-0 flex-1 break-words">
        A picture from <strong className="font-medium text-ink">{host}</strong>
        {alt && `: ${alt}`}. Nothing is asked from there until you say so.
      </span>
      <Button onClick={show} aria-label={label}>
        Show
      </Button>
    </div>
  );
}

/** The host that a picture would be asked from; null where it comes from here or holds its own bytes. */
function hostOf(src: string): string | null {
  if (/^data:image\//i.test(src)) return null;
  if (!URL.canParse(src, HERE)) return null;
  const url = new URL(src, HERE);
  return url.origin === HERE || !["http:", "https:"].includes(url.protocol) ? null : url.host;
}
