"use client";

import { ChevronLeft, ChevronRight, FolderArchive, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { Button, buttonClass } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { ListedFile } from "#formats/files/file-list";
import { isImageFile } from "#formats/files/image-types";
import { formatBytes, formatCount, pluralize } from "#formats/number";
import { RelativeLinksContext } from "../shared/relative-links";
import { fileTree, matchingFiles } from "./file-tree";
import { linksFrom } from "./links-from";
import { OneFile } from "./one-file";
import { FileTree } from "./tree-view";
import { type OpenFolder, useFolder } from "./use-folder";

/** Fewer files are all in view. */
const MAX_WITHOUT_FILTER = 10;

/** The files of a folder as a tree, and one of them. */
export function FolderView({
  artifact,
  files,
  urlOf,
}: {
  artifact: Artifact;
  files: ListedFile[];
  urlOf: (path: string | null) => string;
}) {
  const folder = useFolder(files);
  const [isHidden, setHidden] = useState(false);
  const [filter, setFilter] = useState("");
  const text = useDeferredValue(filter);
  const matching = useMemo(() => matchingFiles(files, text), [files, text]);
  const root = useMemo(() => (matching === files ? folder.root : fileTree(matching)), [matching, files, folder.root]);
  const head = useRef<HTMLDivElement>(null);
  const { file, open: openFile, hrefOf } = folder;
  const open = useCallback(
    (path: string) => {
      openFile(path);
      // Below the tree on a small screen, or above what is in view of a long file.
      requestAnimationFrame(() => head.current?.scrollIntoView({ block: "nearest" }));
    },
    [openFile],
  );
  const from = file?.path ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: `urlOf` is that of the version, as the files are
  const links = useMemo(() => linksFrom(from, files, { hrefOf, open }, urlOf), [from, files, hrefOf, open]);
  return (
    <section aria-label="Files" className="@container space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          look="quiet"
          aria-expanded={!isHidden}
          onClick={() => setHidden(!isHidden)}
          className="-ml-2.5 font-normal! tabular-nums"
        >
          {isHidden ? (
            <PanelLeftOpen aria-hidden className="size-4" />
          ) : (
            <PanelLeftClose aria-hidden className="size-4" />
          )}
          <span className="sr-only">{isHidden ? "Show files:" : "Hide files:"}</span>
          {pluralize(files.length, "file")}, {formatBytes(artifact.size)}
        </Button>
        <span className="mr-auto" />
        {files.length > MAX_WITHOUT_FILTER && !isHidden && (
          <TextField
            type="search"
            aria-label="Filter files"
            placeholder="Filter files"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            className="w-48"
          />
        )}
        <a href={urlOf(null)} download className={buttonClass()}>
          <FolderArchive aria-hidden className="size-4" />
          Download ZIP
        </a>
      </div>
      <div
        className={`grid grid-cols-[minmax(0,1fr)] items-start gap-4 ${isHidden ? "" : "@3xl:grid-cols-[minmax(14rem,18rem)_minmax(0,1fr)]"}`}
      >
        {!isHidden && (
          <div className="min-w-0 space-y-2 @3xl:sticky @3xl:top-16 print:hidden">
            <FileTree root={root} selected={file?.path} isFiltered={matching !== files} onOpen={open} />
            {matching !== files && (
              <p role="status" className="px-1 text-faint text-sm">
                {matching.length === 0
                  ? "No file matches."
                  : `${pluralize(matching.length, "file")} of ${formatCount(files.length)}`}
              </p>
            )}
          </div>
        )}
        <div className="min-w-0 space-y-3">
          {folder.missing !== null && (
            <Notice tone="warn">
              This version has no file <span className="break-all">"{folder.missing}"</span>.
            </Notice>
          )}
          {file && (
            <RelativeLinksContext value={links}>
              <OneFile
                key={file.path}
                ref={head}
                artifact={artifact}
                file={file}
                url={urlOf(file.path)}
                folder={{ files, urlOf, open }}
                actions={<Steps folder={folder} open={open} />}
              />
            </RelativeLinksContext>
          )}
        </div>
      </div>
    </section>
  );
}

function Steps({ folder: { files, at }, open }: { folder: OpenFolder; open: (path: string) => void }) {
  const step = (name: string, to: number, Icon: typeof ChevronLeft) => {
    const path = files[to]?.path;
    return (
      <Button
        look="quiet"
        aria-label={name}
        title={path === undefined ? name : `${name}: ${path}`}
        disabled={path === undefined}
        onClick={() => path !== undefined && open(path)}
        className="w-8 px-0!"
      >
        <Icon aria-hidden className="size-4" />
      </Button>
    );
  };
  // The gallery of images has the same steps.
  if (files.length < 2 || files.every(isImageFile)) return null;
  return (
    <>
      {step("Previous file", at - 1, ChevronLeft)}
      <span className="text-faint text-sm tabular-nums">
        {formatCount(at + 1)} / {formatCount(files.length)}
      </span>
      {step("Next file", at + 1, ChevronRight)}
    </>
  );
}
