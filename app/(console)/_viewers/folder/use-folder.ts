import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { firstShown, type ListedFile } from "#formats/files/file-list";
import { allTableParsers, NO_TABLE_PARAMS } from "../table/query/table-params";
import { fileParsers } from "./file-params";
import { filesInOrder, fileTree, type TreeNode } from "./file-tree";

export interface OpenFolder {
  root: TreeNode;
  /** In the order of the tree. */
  files: ListedFile[];
  /** The file that is shown, and where it is among all. */
  file: ListedFile | undefined;
  at: number;
  /** The path in the URL that no file has. */
  missing: string | null;
  open: (path: string) => void;
  /** The URL of this page with another file. */
  hrefOf: (path: string) => string;
}

const PARSERS = { ...fileParsers, ...allTableParsers };

/** A folder with the file in the URL open, else what describes it. Opening a file adds to the history of the browser. */
export function useFolder(listed: readonly ListedFile[]): OpenFolder {
  const [{ file: path }, setParams] = useQueryStates(PARSERS);
  const params = useSearchParams();
  const root = useMemo(() => fileTree(listed), [listed]);
  const files = useMemo(() => filesInOrder(root), [root]);
  const first = useMemo(() => firstShown(outerFirst(files)), [files]);
  const chosen = path === null ? -1 : files.findIndex((each) => each.path === path);
  const at = chosen >= 0 ? chosen : files.findIndex((each) => each.path === first);
  return {
    root,
    files,
    file: files[at],
    at,
    missing: path !== null && chosen < 0 ? path : null,
    open: useCallback((next: string) => void setParams({ file: next, ...NO_TABLE_PARAMS }), [setParams]),
    hrefOf: useCallback((next: string) => `?${withFile(params, next)}`, [params]),
  };
}

/** The paths of files that are in no folder, then the others. */
function outerFirst(files: readonly ListedFile[]): string[] {
  const paths = files.map(({ path }) => path);
  return [...paths.filter((path) => !path.includes("/")), ...paths.filter((path) => path.includes("/"))];
}

function withFile(params: URLSearchParams, path: string): URLSearchParams {
  const query = new URLSearchParams(params);
  // What was chosen of a table is not for another file.
  for (const name of Object.keys(NO_TABLE_PARAMS)) query.delete(name);
  query.set("file", path);
  return query;
}
