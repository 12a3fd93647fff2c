"use client";

import { Download } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { buttonClass } from "#app/_ui/button";
import { formatBytes } from "#formats/number";
import { FilePreview } from "../file/file-preview";
import type { FileViewerProps } from "../file/viewer-props";
import { FileIcon } from "./file-icon";

/** A file with its name, size, type and download. */
export function OneFile({
  ref,
  actions,
  ...props
}: FileViewerProps & {
  /** Of its head. */
  ref?: Ref<HTMLDivElement>;
  actions?: ReactNode;
}) {
  const { file, url } = props;
  const nameStart = file.path.lastIndexOf("/") + 1;
  return (
    <section aria-label={file.path} className="min-w-0 space-y-4">
      <div
        ref={ref}
        className="flex scroll-mt-20 flex-wrap items-center gap-x-3 gap-y-2 rounded-md border bg-surface px-3 py-2.5"
      >
        <FileIcon path={file.path} mediaType={file.mediaType} />
        <p className="min-w-0 flex-1 basis-40">
          <span className="block font-medium [overflow-wrap:anywhere]">
            {nameStart > 0 && <span className="font-normal text-faint">{file.path.slice(0, nameStart)}</span>}
            {file.path.slice(nameStart)}
          </span>
          <span className="text-faint text-sm tabular-nums">
            {formatBytes(file.size)}, {file.mediaType}
          </span>
        </p>
        <span className="flex items-center gap-1">
          {actions}
          <a href={url} download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            Download
          </a>
        </span>
      </div>
      <FilePreview {...props} />
    </section>
  );
}
