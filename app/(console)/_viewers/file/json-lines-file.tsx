"use client";

import { Notice } from "#app/_ui/notice";
import { OpenedTableView } from "../table-file/opened-table-view";
import { HexFile } from "./hex-file";
import { TextFile } from "./text-file";
import type { FileViewerProps } from "./viewer-props";

/** In bytes: what is parsed without a worker. */
const MAX_PARSED = 4_000_000;
/** In bytes: what is shown as text where it is no table. */
const MAX_TEXT = 512_000_000;

/** JSON lines as a table: a small file also as a tree, a large or compressed one through a worker. */
export function JsonLinesFile(props: FileViewerProps) {
  const { artifact, file, url } = props;
  const isGzip = /\.gz$/i.test(file.path);
  if (!isGzip && file.size <= MAX_PARSED) return <TextFile {...props} />;
  return (
    <OpenedTableView
      artifact={artifact}
      file={file}
      source={{ format: "json-lines", url, size: file.size, sha256: file.sha256, isGzip, choice: {}, firstRow: 0 }}
      fallback={(problem) =>
        isGzip || file.size > MAX_TEXT ? (
          <HexFile {...props} problem={problem} />
        ) : (
          <div className="space-y-3">
            <Notice>{`${problem} So this is shown as text.`}</Notice>
            <TextFile {...props} />
          </div>
        )
      }
    />
  );
}
