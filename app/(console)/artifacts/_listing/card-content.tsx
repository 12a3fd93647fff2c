"use client";

import { ImageIcon } from "lucide-react";
import { useState } from "react";
import type { Artifact } from "#contract/artifact";
import type { Trend } from "#contract/series";
import { typeName } from "../../_list/artifact-type";
import { firstLine } from "../../_list/first-line";
import { changeOf, valuesUntil } from "../../_list/trends/change";
import { Sparkline } from "../../_list/trends/sparkline";
import { contentValue } from "../../_list/value";

/** Sizes of data that is probably an embedded image, in bytes: less is the URL of one, more is not loaded in a list. */
const EMBEDDED = { least: 1024, most: 360 * 1024 };

/** What an artifact shows on its card: its image, or its value with a chart, and what it is about. */
export function CardContent({ artifact, trend }: { artifact: Artifact; trend: Trend | undefined }) {
  const { type, number, size } = artifact;
  const description = firstLine(artifact.description) || typeName(type);
  if (type === "image") {
    const isEmbedded = size >= EMBEDDED.least && size <= EMBEDDED.most;
    return (
      <>
        <Cover key={artifact.updated} id={isEmbedded ? artifact.id : null} />
        <p className="mt-1.5 truncate text-sm text-soft">{description}</p>
      </>
    );
  }
  const value = contentValue(artifact);
  if (!value) return <p className="mt-1.5 line-clamp-4 text-sm text-soft">{description}</p>;
  const change = changeOf(artifact, trend);
  return (
    <>
      <p className="mt-1.5 line-clamp-2 text-sm text-soft">{description}</p>
      <p className="mt-auto flex items-end gap-3 pt-2">
        <span className="truncate font-semibold text-xl tabular-nums tracking-tight" title={value.title}>
          {value.text}
        </span>
        {change && (
          <span className="truncate pb-0.5 text-faint text-sm tabular-nums" title={change.title}>
            {change.text}
          </span>
        )}
        <span className="ml-auto pb-1.5">
          <Sparkline values={valuesUntil(artifact, trend)} />
        </span>
      </p>
      {type === "progress" && number !== null && (
        <span aria-hidden className="mt-2 block h-1 overflow-hidden rounded-full bg-line">
          <span
            className="block h-full rounded-full bg-accent"
            style={{ width: `${Math.min(100, Math.max(0, number))}%` }}
          />
        </span>
      )}
    </>
  );
}

/** An embedded image; a placeholder for others, which are not loaded from their hosts. The card's text is its alternative. */
function Cover({ id }: { id: string | null }) {
  const [broken, setBroken] = useState(false);
  return (
    <span className="image-light mt-2.5 flex h-28 items-center justify-center overflow-hidden rounded-md border">
      {id === null || broken ? (
        <ImageIcon aria-hidden strokeWidth={1.5} className="size-6 text-[#8a8a86]" />
      ) : (
        // biome-ignore lint/performance/noImgElement: the data is served as it is stored
        <img
          src={`/api/artifacts/${id}/data?as=file`}
          alt=""
          loading="lazy"
          decoding="async"
          // One that failed before hydration emits no event.
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setBroken(true);
          }}
          onError={() => setBroken(true)}
          className="size-full object-contain"
        />
      )}
    </span>
  );
}
