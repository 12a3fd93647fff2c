"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import { type PartChange, type PartsDifference as Parts, partName } from "#diff/parts";
import { formatCount, pluralize } from "#formats/number";
import { ArtifactImage } from "../../../_viewers/image/image";
import { ImageDifference } from "./images";
import { CHANGE, MORE } from "./jumps";
import { ChangeSign } from "./marks";
import { TextDifference } from "./text";

/** How many parts are shown at first and by each "Show more". */
const PAGE_SIZE = 50;

/** The changed parts of a document, each with its text and then what it put out. */
export function PartsDifference({ difference, isSplit }: { difference: Parts; isSplit: boolean }) {
  const { noun, parts, same } = difference;
  const [shown, setShown] = useState(PAGE_SIZE);
  return (
    <div>
      <ol className="space-y-4">
        {parts.slice(0, shown).map((part) => (
          <li key={`${part.op} ${part.to ?? part.from}`} aria-label={partName(noun, part)} className="space-y-2">
            <h3 className="text-sm">
              <ChangeSign op={part.op} /> {partName(noun, part)}
            </h3>
            <Part part={part} isSplit={isSplit} />
          </li>
        ))}
      </ol>
      <p className="mt-2 flex items-center gap-3 text-faint text-sm tabular-nums">
        {parts.length > shown && (
          <Button {...MORE} onClick={() => setShown(shown + PAGE_SIZE)}>
            Show {formatCount(Math.min(PAGE_SIZE, parts.length - shown))} more
          </Button>
        )}
        {pluralize(same, noun)} unchanged
      </p>
    </div>
  );
}

function Part({ part: { text, output, images }, isSplit }: { part: PartChange; isSplit: boolean }) {
  const hasOutput = output !== null || images.length > 0;
  return (
    <>
      {text && <TextDifference difference={text} isSplit={isSplit} />}
      {!text && !hasOutput && (
        <p {...CHANGE} className="text-faint text-sm">
          It is empty.
        </p>
      )}
      {hasOutput && <p className="text-soft text-xs">Output</p>}
      {output && <TextDifference difference={output} isSplit={isSplit} />}
      {images.map(({ from, to }, at) => {
        if (from !== null && to !== null) {
          // biome-ignore lint/suspicious/noArrayIndexKey: images have no identity but their position
          return <ImageDifference key={at} difference={{ from, to }} names={["Older image", "Newer image"]} />;
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <figure key={at} {...CHANGE} className="w-fit max-w-full">
            <figcaption className="mb-1 text-soft text-sm">
              <ChangeSign op={from === null ? "added" : "removed"} /> Image
            </figcaption>
            <ArtifactImage src={to ?? from ?? ""} alt={from === null ? "Newer image" : "Older image"} />
          </figure>
        );
      })}
    </>
  );
}
