"use client";

import type { Artifact } from "#contract/artifact";
import { FILE } from "#contract/file-type";
import { DataError, DataLoading } from "../shared/data-status";
import { dataUrl } from "../shared/data-url";
import { FolderView } from "./folder-view";
import { OneFile } from "./one-file";
import { useFiles } from "./use-files";

/** The files of a version: name, size and type of each, a download, and what a browser can show of one. */
export function FileViewer({ artifact, asOf }: { artifact: Artifact; asOf?: string }) {
  const { id, type, size } = artifact;
  const { data, isError, refetch } = useFiles(artifact, { asOf });
  if (isError) return <DataError onRetry={refetch} />;
  if (data === undefined) return <DataLoading size={size} />;
  const [first] = data ?? [];
  if (!data || !first) return <p className="py-6 text-center text-faint">This version names no files.</p>;
  const urlOf = (path: string | null) => dataUrl(id, "file", { path: type === FILE ? null : path, asOf });
  if (type === FILE)
    return <OneFile artifact={artifact} file={first} url={urlOf(null)} folder={{ files: data, urlOf, open: null }} />;
  return <FolderView artifact={artifact} files={data} urlOf={urlOf} />;
}
