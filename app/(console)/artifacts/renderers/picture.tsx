"use client";

import { ImageOff } from "lucide-react";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import { allowHost, useAllowed } from "./allowed-hosts";

const HERE = "http://here.invalid";

/** A picture. One from another host is asked for only after a click, and the host is named before it; a broken one says so. */
export function Picture({ src, alt, inline = false }: { src: string; alt: string; inline?: boolean }) {
  const [broken, setBroken] = useState(false);
  const host = hostOf(src);
  const allowed = useAllowed(host ?? "");
  const frame = inline ? "my-1 inline-flex max-w-full" : "flex";

  if (!src || broken) {
    return (
      <span
        className={`${frame} items-center gap-2 rounded-md border border-dashed border-edge px-3 py-2 text-soft text-sm`}
      >
        <ImageOff aria-hidden className="size-4 shrink-0 text-faint" />
        <span className="min-w-0 break-words">
          {src ? "This picture could not be loaded" : "This picture has no address that can be shown"}
          {alt && `: ${alt}`}
        </span>
      </span>
    );
  }
  if (host !== null && !allowed) {
    return (
      <span
        className={`${frame} flex-wrap items-center gap-3 rounded-md border border-dashed border-edge px-3 py-2 text-soft text-sm`}
      >
        <span className="min-w-0 break-words">
          Picture from <strong className="font-medium text-ink">{host}</strong>
          {alt && `: ${alt}`}
        </span>
        <Button onClick={() => allowHost(host)} aria-label={`Show pictures from ${host}`}>
          Show
        </Button>
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: pictures are shown as they are, no optimizer stands between
    <img
      src={src}
      alt={alt}
      referrerPolicy="no-referrer"
      onError={() => setBroken(true)}
      className={inline ? "inline-block max-h-[32rem] max-w-full" : "block max-h-[75vh] max-w-full rounded"}
    />
  );
}

/** The host that a picture would be asked from; null where it comes from here or holds its own bytes. */
function hostOf(src: string): string | null {
  if (/^data:image\//i.test(src)) return null;
  if (!URL.canParse(src, HERE)) return null;
  const url = new URL(src, HERE);
  return url.origin === HERE || !["http:", "https:"].includes(url.protocol) ? null : url.host;
}
