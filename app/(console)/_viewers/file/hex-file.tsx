"use client";

import type { ReactNode } from "react";
import { Button } from "#app/_ui/button";
import { Copy } from "#app/_ui/copy";
import { useMedia } from "#app/_ui/media";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { formatByContent } from "#formats/files/signature";
import { formatBytes, formatCount } from "#formats/number";
import { DataError, DataLoading } from "../shared/data-status";
import { useVirtualRows } from "../shared/virtual-rows";
import { FURTHER, useFileHead } from "./use-file-head";
import type { FileViewerProps } from "./viewer-props";

/** In pixels. */
const ROW_HEIGHT = 20;
/** In rows: fewer are shown without a height of their own. */
const SHORT = 12;

/** What is known of a file that has no other view, and its first bytes; `problem` says why it has none. */
export function HexFile({
  file,
  url,
  problem,
  onRetry,
}: FileViewerProps & {
  problem?: string;
  /** Called where the bytes could not be loaded either, so that the file may be fine. */
  onRetry?: () => void;
}) {
  const { bytes, isError, isFetchNextPageError, refetch, hasNextPage, isFetching, fetchNextPage } = useFileHead(
    file,
    url,
  );
  const format = bytes && formatByContent(bytes);
  const left = file.size - (bytes?.length ?? 0);
  return (
    <div className="space-y-4">
      {problem !== undefined && (bytes || !isError) && <Notice>{problem}</Notice>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 text-sm">
        <Fact name="Size">
          {formatBytes(file.size)}
          {file.size >= 1000 && <span className="text-faint"> ({formatCount(file.size)} bytes)</span>}
        </Fact>
        <Fact name="Media type">{file.mediaType}</Fact>
        {bytes && <Fact name="Content">{format ?? <span className="text-faint">Unknown format</span>}</Fact>}
        <Fact name="SHA-256">
          <span className="flex items-center gap-1">
            <span className="truncate font-mono text-[13px]">{file.sha256}</span>
            <Copy text={file.sha256} label="Copy SHA-256" />
          </span>
        </Fact>
      </dl>
      {isError && <DataError onRetry={isFetchNextPageError ? fetchNextPage : (onRetry ?? refetch)} />}
      {!isError && !bytes && file.size > 0 && <DataLoading size={Math.min(file.size, 4096)} />}
      {bytes && <Bytes bytes={bytes} path={file.path} />}
      {bytes && hasNextPage && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-faint text-sm tabular-nums">
          <Button disabled={isFetching} onClick={() => void fetchNextPage()}>
            Show {formatBytes(Math.min(FURTHER, left))} more
          </Button>
          First {formatCount(bytes.length)} of {formatCount(file.size)} bytes
        </p>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Bytes({ bytes, path }: { bytes: Uint8Array; path: string }) {
  const width = useMedia("(width < 48rem)", false) ? 8 : 16;
  const count = Math.ceil(bytes.length / width);
  const { scroll, height, rendered } = useVirtualRows(count, ROW_HEIGHT);
  return (
    <ScrollRegion
      ref={scroll}
      label={`Bytes of ${path}`}
      className={`overflow-auto rounded-md border bg-surface py-2 print:h-auto ${count > SHORT ? "h-[60vh]" : ""}`}
    >
      <div className="relative min-w-max font-mono text-[13px]" style={{ height }}>
        {rendered.map(({ row, top }) => {
          const { offset, hex, ascii } = hexRow(bytes, row, width);
          return (
            <div
              key={row}
              className="absolute top-0 left-0 flex gap-[1ch] md:gap-[2ch] whitespace-pre px-3"
              style={{ lineHeight: `${ROW_HEIGHT}px`, transform: `translateY(${top}px)` }}
            >
              <span className="select-none text-faint">{offset}</span>
              <span>{hex}</span>
              <span className="text-soft">{ascii}</span>
            </div>
          );
        })}
      </div>
    </ScrollRegion>
  );
}

/** A row of `width` bytes: its offset, its bytes in hexadecimal with a gap in the middle, and as ASCII with dots for others. */
export function hexRow(bytes: Uint8Array, row: number, width: number): { offset: string; hex: string; ascii: string } {
  const from = row * width;
  const shown = bytes.subarray(from, from + width);
  const pairs = Array.from({ length: width }, (_, at) => shown[at]?.toString(16).padStart(2, "0") ?? "  ");
  const half = width / 2;
  return {
    offset: from.toString(16).padStart(8, "0"),
    hex: `${pairs.slice(0, half).join(" ")}  ${pairs.slice(half).join(" ")}`,
    ascii: Array.from(shown, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join(""),
  };
}
