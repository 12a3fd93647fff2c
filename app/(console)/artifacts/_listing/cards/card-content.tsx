"use client";

import { ImageIcon } from "lucide-react";
import { useState } from "react";
import type { Artifact } from "#contract/artifact";
import type { Preview } from "#contract/preview";
import type { Trend } from "#contract/series";
import { formatCount } from "#formats/number";
import { changeOf, valuesUntil } from "../../../_list/trends/change";
import { Sparkline } from "../../../_list/trends/sparkline";
import { contentValue } from "../../../_list/value";
import { dataUrl } from "../../../_viewers/shared/data-url";
import { previewLines } from "./preview-lines";

/** The largest data of an image that a list loads, in bytes: 256 KiB as base64. */
const MAX_IMAGE = 350 * 1024;
const LINES = 4;

const FRAME = "mt-2.5 h-28 overflow-hidden rounded-md border bg-canvas";

/** What an artifact shows on its card: its image, the corner of its table, its first lines, or its number with a chart. */
export function CardContent({ artifact, trend }: { artifact: Artifact; trend: Trend | undefined }) {
  const { type, number, preview } = artifact;
  if (number !== null) return <NumberContent artifact={artifact} trend={trend} />;
  if (preview != null) return <PreviewContent artifact={artifact} preview={preview} />;
  if (type === "image") return <Cover artifact={artifact} isEmbedded={false} />;
  return <p className={`${FRAME} flex items-center justify-center text-faint text-sm`}>No preview</p>;
}

function PreviewContent({ artifact, preview }: { artifact: Artifact; preview: Preview }) {
  switch (preview.kind) {
    case "image":
      return <Cover key={artifact.updated} artifact={artifact} isEmbedded={preview.embedded} />;
    case "table":
      return <TableCorner columns={preview.columns} rows={preview.rows} />;
    case "text":
      return artifact.type === "markdown" ? <Lines text={preview.text} /> : <PlainText text={preview.text} />;
    case "link":
      return (
        <div className={`${FRAME} flex flex-col justify-center gap-1 px-3`}>
          <p className="line-clamp-2 break-words font-medium text-accent">{preview.text}</p>
          {preview.url !== preview.text && <p className="truncate text-faint text-sm">{preview.url}</p>}
        </div>
      );
    case "list":
      return <Members rows={preview.first.map((item, index) => [String(index + 1), item])} more={preview.items} />;
    case "object":
      return <Members rows={preview.first} more={preview.items} />;
  }
}

function NumberContent({ artifact, trend }: { artifact: Artifact; trend: Trend | undefined }) {
  const value = contentValue(artifact);
  const change = changeOf(artifact, trend);
  const { type, number } = artifact;
  return (
    <div className={`${FRAME} flex flex-col justify-end px-3 pb-2.5`}>
      <span className="mb-auto flex min-h-0 flex-1 items-end pt-3 pb-1.5">
        <Sparkline values={valuesUntil(artifact, trend)} isWide />
      </span>
      <p className="flex items-baseline gap-2.5">
        <span className="truncate font-semibold text-xl tabular-nums tracking-tight" title={value?.title}>
          {value?.text}
        </span>
        {change && (
          <span className="truncate text-faint text-sm tabular-nums" title={change.title}>
            {change.text}
          </span>
        )}
      </p>
      {type === "progress" && number !== null && (
        <span aria-hidden className="mt-2 block h-1.5 shrink-0 overflow-hidden rounded-full bg-line">
          <span
            className="block h-full rounded-full bg-accent"
            style={{ width: `${Math.min(100, Math.max(0, number))}%` }}
          />
        </span>
      )}
    </div>
  );
}

/** The corner is a picture of the table: readers get the number of rows. */
function TableCorner({ columns, rows }: { columns: string[]; rows: string[][] }) {
  return (
    <div aria-hidden className={FRAME}>
      <table className="w-full table-fixed text-xs">
        <thead>
          <tr className="border-b bg-surface">
            {columns.map((name, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns and rows have no other identity
              <th key={column} className="h-7 truncate px-2 text-left font-medium text-soft">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns and rows have no other identity
            <tr key={index} className="border-b last:border-b-0">
              {columns.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns and rows have no other identity
                <td key={column} className="h-7 truncate px-2 text-soft tabular-nums">
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LOOK = {
  heading: "font-semibold text-ink",
  item: "pl-3 before:absolute before:left-0 before:text-faint before:content-['•']",
  code: "whitespace-pre font-mono text-xs",
  quote: "border-edge border-l-2 pl-2 text-faint",
  text: "",
};

function Lines({ text }: { text: string }) {
  return (
    <div className={`${FRAME} space-y-0.5 px-3 py-2.5 text-sm text-soft`}>
      {previewLines(text, LINES).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
        <p key={index} dir="auto" className={`relative truncate ${LOOK[line.kind]}`}>
          {line.text}
        </p>
      ))}
    </div>
  );
}

function PlainText({ text }: { text: string }) {
  return (
    <div className={`${FRAME} px-3 py-2.5`}>
      <p dir="auto" className="line-clamp-5 whitespace-pre-wrap break-words text-sm text-soft">
        {text}
      </p>
    </div>
  );
}

function Members({ rows, more }: { rows: [name: string, value: string][]; more: number }) {
  const hidden = more - rows.length;
  return (
    <div className={`${FRAME} px-3 py-2 text-sm`}>
      {rows.length === 0 && <p className="text-faint">Empty</p>}
      {rows.slice(0, hidden > 0 ? 3 : 4).map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity
        <p key={index} className="flex gap-3">
          <span className="max-w-[50%] shrink-0 truncate text-faint">{name}</span>
          <span className="min-w-0 truncate text-soft tabular-nums">{value}</span>
        </p>
      ))}
      {hidden > 0 && <p className="text-faint">and {formatCount(more - Math.min(3, rows.length))} more</p>}
    </div>
  );
}

/** An embedded image; a placeholder for others, which are not loaded from their hosts. The card's text is its alternative. */
function Cover({ artifact, isEmbedded }: { artifact: Artifact; isEmbedded: boolean }) {
  const [broken, setBroken] = useState(false);
  const { id, updated, size } = artifact;
  return (
    <span className="image-light mt-2.5 flex h-28 items-center justify-center overflow-hidden rounded-md border">
      {!isEmbedded || size > MAX_IMAGE || broken ? (
        <ImageIcon aria-hidden strokeWidth={1.5} className="size-6 text-[#8a8a86]" />
      ) : (
        // biome-ignore lint/performance/noImgElement: the data is served as it is stored
        <img
          src={dataUrl(id, "image", { updated })}
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
