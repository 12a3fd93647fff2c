import { FILE } from "#contract/file-type";
import type { ListedFile } from "#formats/files/file-list";

/** A file of two versions; `op` is what happened to it. */
export type FilePair =
  | { op: "added"; path: string; from: null; to: ListedFile }
  | { op: "removed"; path: string; from: ListedFile; to: null }
  /** `moved`: the same content at another path. */
  | { op: "changed" | "moved" | "retyped"; path: string; from: ListedFile; to: ListedFile };

export interface FileChanges {
  /** In the order of paths. */
  pairs: FilePair[];
  /** How many files are the same. */
  same: number;
}

interface Side {
  type: string | null;
  files: readonly ListedFile[];
}

/** What differs between the files of two versions, which are matched by path; two single files whatever their names are. */
export function changedFiles(from: Side, to: Side): FileChanges {
  const [first, second] = [from.files[0], to.files[0]];
  if (from.type === FILE && to.type === FILE && first && second) {
    const pair = pairOf(first, second);
    return { pairs: pair ? [pair] : [], same: pair ? 0 : 1 };
  }
  const before = new Map(from.files.map((file) => [file.path, file]));
  const after = new Set(to.files.map(({ path }) => path));
  const removed = from.files.filter(({ path }) => !after.has(path));
  const left = new Map<string, ListedFile[]>();
  for (const file of removed) left.set(file.sha256, [...(left.get(file.sha256) ?? []), file]);
  const moved = new Set<ListedFile>();
  const pairs: FilePair[] = [];
  let same = 0;
  for (const file of to.files) {
    const older = before.get(file.path);
    const source = older ? undefined : file.size > 0 ? left.get(file.sha256)?.shift() : undefined;
    if (source) moved.add(source);
    const pair = older ? pairOf(older, file) : source ? pairOf(source, file) : addedOf(file);
    if (pair) pairs.push(pair);
    else same += 1;
  }
  for (const file of removed) {
    if (!moved.has(file)) pairs.push({ op: "removed", path: file.path, from: file, to: null });
  }
  const byPath = new Intl.Collator("en", { numeric: true });
  return { pairs: pairs.sort((a, b) => byPath.compare(a.path, b.path)), same };
}

function addedOf(to: ListedFile): FilePair {
  return { op: "added", path: to.path, from: null, to };
}

function pairOf(from: ListedFile, to: ListedFile): FilePair | null {
  const { path } = to;
  if (from.sha256 !== to.sha256) return { op: "changed", path, from, to };
  if (from.path !== path) return { op: "moved", path, from, to };
  return from.mediaType === to.mediaType ? null : { op: "retyped", path, from, to };
}

/** `2 files added, 1 changed, 11 the same` */
export function changesText({ pairs, same }: FileChanges): string {
  const words = { added: "added", removed: "removed", changed: "changed", moved: "moved", retyped: "of another type" };
  const counts = Object.entries(words).flatMap(([op, word]) => {
    const count = pairs.filter((pair) => pair.op === op).length;
    return count === 0 ? [] : [`${count.toLocaleString("en")} ${word}`];
  });
  if (counts.length === 0) return "No file differs";
  return [...counts, `${same.toLocaleString("en")} the same`].join(", ");
}
