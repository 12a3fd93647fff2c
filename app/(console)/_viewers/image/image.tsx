"use client";

import { ImageIcon, ImageOff } from "lucide-react";
import { type MouseEvent, useCallback, useState } from "react";
import { Button } from "#app/_ui/button";
import { allowHost, useIsAllowed } from "./allowed-hosts";
import { useFrozen } from "./use-frozen";

/** Resolves relative addresses; no host can have this name. */
const BASE = "http://here.invalid";
const CHIP =
  "inline-flex max-w-full items-center gap-1.5 rounded border border-edge border-dashed px-1.5 text-soft text-xs leading-6";
const BOX = "flex flex-wrap items-center gap-3 rounded-md border border-edge border-dashed px-4 py-6 text-soft text-sm";

const STILL = "inline-block max-w-full [&>canvas]:max-h-36 [&>canvas]:max-w-full";

/** In the image's own pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/**
 * An image. One from another host is loaded only after the reader allowed that host, since loading it tells the host
 * who reads. `zoom` is the rendered width in pixels; null fits the image into the page. `dark` puts a dark background behind
 * its transparent parts instead of a light one.
 */
export function ArtifactImage({
  src,
  alt,
  inline = false,
  attributes,
  zoom = null,
  dark = false,
  frozen = false,
  onSize,
  onBroken,
}: {
  src: string;
  alt: string;
  inline?: boolean;
  /** Of an image in HTML. */
  attributes?: { width?: number | string; height?: number | string; align?: string };
  zoom?: number | null;
  dark?: boolean;
  /** Whether it stays still where the device reduces motion. */
  frozen?: boolean;
  onSize?: (size: ImageSize) => void;
  onBroken?: () => void;
}) {
  const [broken, setBroken] = useState(false);
  const onError = useCallback(() => {
    setBroken(true);
    onBroken?.();
  }, [onBroken]);
  const { freeze, ...still } = useFrozen(src, frozen);
  // A ref as well as onLoad: an image that loaded before hydration emits no event.
  const onLoaded = useCallback(
    (image: HTMLImageElement | null) => {
      if (!image?.complete) return;
      freeze(image);
      const { naturalWidth: width, naturalHeight: height } = image;
      if (width > 0 && height > 0) onSize?.({ width, height });
      else image.decode().catch(onError);
    },
    [onSize, onError, freeze],
  );
  const host = hostOf(src);
  const allowed = useIsAllowed(host ?? "");

  if (!src || broken) {
    return (
      <span className={inline ? CHIP : BOX}>
        <ImageOff aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="min-w-0 break-words">
          {src ? "This image could not be loaded" : "This image has no valid address"}
          {alt && `: ${alt}`}
        </span>
      </span>
    );
  }
  if (host !== null && !allowed) return <BlockedImage host={host} alt={alt} inline={inline} />;
  const { canvas } = still;
  if (canvas) {
    return (
      <span
        ref={(place) => place?.replaceChildren(canvas)}
        role="img"
        aria-label={alt}
        aria-hidden={alt === ""}
        className={STILL}
      />
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: images are shown unchanged, without an optimizer
    <img
      {...attributes}
      ref={onLoaded}
      src={still.src}
      alt={alt}
      referrerPolicy="no-referrer"
      onLoad={(event) => onLoaded(event.currentTarget)}
      onError={onError}
      style={{ ...(zoom === null ? heightOnly(attributes) : { width: zoom }), ...still.style }}
      className={
        inline
          ? "image-inline inline-block max-h-[32rem] max-w-full"
          : `${dark ? "image-dark" : "image-light"} mx-auto block ${zoom === null ? "max-h-[74vh] max-w-full" : "max-w-none"}`
      }
    />
  );
}

function BlockedImage({ host, alt, inline }: { host: string; alt: string; inline: boolean }) {
  const show = (event: MouseEvent) => {
    // The image may be inside a link, which must not be followed.
    event.preventDefault();
    allowHost(host);
  };
  const label = `Show images from ${host}${alt && `: ${alt}`}`;
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
        <span className="truncate">{alt || "Image"}</span>
        <span className="truncate text-faint">{host}</span>
      </button>
    );
  }
  return (
    <div className={BOX}>
      <ImageIcon aria-hidden className="size-5 shrink-0 text-faint" />
      <span className="min-w-0 flex-1 break-words">
        Image from <strong className="font-medium text-ink">{host}</strong>
        {alt && `: ${alt}`}. It is not loaded until you allow it.
      </span>
      <Button onClick={show} aria-label={label}>
        Show
      </Button>
    </div>
  );
}

/** The style sheet sets the height of images, which an attribute alone does not change. */
function heightOnly({ width, height }: { width?: number | string; height?: number | string } = {}) {
  return width === undefined && /^\d+$/.test(String(height)) ? { height: Number(height) } : undefined;
}

/** The other host that an image would be loaded from; null for one from this server or with its data in the address. */
function hostOf(src: string): string | null {
  if (/^data:image\//i.test(src)) return null;
  if (!URL.canParse(src, BASE)) return null;
  const url = new URL(src, BASE);
  return url.origin === BASE || !["http:", "https:"].includes(url.protocol) ? null : url.host;
}
