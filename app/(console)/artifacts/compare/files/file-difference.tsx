"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { loadCode } from "#app/_data/connection";
import { FILE } from "#contract/file-type";
import { comparedType } from "#diff/files/content";
import type { FilePair } from "#diff/files/pairs";
import { diffFormOf } from "#formats/files/file-kind";
import type { ListedFile } from "#formats/files/file-list";
import { formatBytes, formatCount } from "#formats/number";
import { artifactHref } from "../../../_list/artifact-url";
import { asArtifact } from "../../../_viewers/file/as-artifact";
import { dataUrl } from "../../../_viewers/shared/data-url";
import { Differences } from "../../_compare/differences";
import type { Side } from "../../_compare/use-side";
import type { CompareView } from "../../_compare/view";

const ImageDifference = dynamic(() =>
  loadCode(() => import("../../_compare/changes/images")).then((module) => module.ImageDifference),
);

/** How one file differs: by its content as its viewer says, or by size and hash. */
export function FileDifference({
  pair,
  from,
  to,
  show,
}: {
  pair: FilePair;
  from: Side;
  to: Side;
  show: CompareView["show"];
}) {
  switch (pair.op) {
    case "added":
      return <OnlyOne file={pair.to} side={to} text="Only the newer version has this file." />;
    case "removed":
      return <OnlyOne file={pair.from} side={from} text="Only the older version has this file." />;
    case "moved":
      return (
        <p className="text-soft text-sm">
          The content is the same. It was at <span className="[overflow-wrap:anywhere]">{pair.from.path}</span>.
        </p>
      );
    case "retyped":
      return (
        <p className="text-soft text-sm">
          The content is the same. The media type changed from {pair.from.mediaType} to {pair.to.mediaType}.
        </p>
      );
    case "changed":
      return <Content pair={[pair.from, pair.to]} sides={[from, to]} show={show} />;
  }
}

function OnlyOne({ file, side, text }: { file: ListedFile; side: Side; text: string }) {
  const href = artifactHref(side);
  const query =
    side.type === FILE ? "" : `${href.includes("?") ? "&" : "?"}${new URLSearchParams({ file: file.path })}`;
  return (
    <p className="text-soft text-sm">
      {text}{" "}
      {side.revision === null && (
        <Link href={href + query} prefetch={false} className="text-accent hover:underline">
          Open
        </Link>
      )}
    </p>
  );
}

function Content({
  pair: [older, newer],
  sides: [from, to],
  show,
}: {
  pair: [ListedFile, ListedFile];
  sides: [Side, Side];
  show: CompareView["show"];
}) {
  const forms = [diffFormOf(older), diffFormOf(newer)];
  const sizes = <SizesAndHashes files={[older, newer]} />;
  if (forms.every((form) => form === "image")) {
    return (
      <ImageDifference
        difference={{ from: urlOf(from, older), to: urlOf(to, newer) }}
        names={[nameOf(from, older), nameOf(to, newer)]}
      />
    );
  }
  const [left, right] = [contentSide(from, older), contentSide(to, newer)];
  if (!left || !right) return sizes;
  return <Differences from={left} to={right} show={show} same={sizes} />;
}

function SizesAndHashes({ files }: { files: [older: ListedFile, newer: ListedFile] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
      {files.map((file, at) => (
        <div key={at === 0 ? "older" : "newer"} className="contents">
          <dt className="text-soft">{at === 0 ? "Older" : "Newer"}</dt>
          <dd className="min-w-0 tabular-nums">
            {formatBytes(file.size)} ({formatCount(file.size)} bytes), {file.mediaType}
            <span className="block break-all font-mono text-faint text-xs">SHA-256 {file.sha256}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The content of a file as one side of a comparison; null of a file whose content is not compared. */
function contentSide(side: Side, file: ListedFile): Side | null {
  const form = diffFormOf(file);
  if (form === null || form === "image") return null;
  const own = asArtifact(side, file);
  const { path, size, sha256 } = file;
  return {
    ...own,
    type: comparedType(form, file),
    metadata: null,
    updated: sha256,
    revision: null,
    content: { url: urlOf(side, file), form, path, size, sha256 },
  };
}

function urlOf({ id, type, revision }: Side, { path }: ListedFile): string {
  return dataUrl(id, "file", { path: type === FILE ? null : path, revision });
}

function nameOf({ key, version }: Side, { path }: ListedFile): string {
  return key === null ? path : `${path}, v${version}`;
}
