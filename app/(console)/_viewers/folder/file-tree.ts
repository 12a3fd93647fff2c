import type { ListedFile } from "#formats/files/file-list";

/** A file, or a folder with what is in it. */
export interface TreeNode {
  name: string;
  path: string;
  /** Null for a folder. */
  file: ListedFile | null;
  /** Folders first, each in the order of names. */
  children: TreeNode[];
  /** Of the files in a folder, at any depth. */
  count: number;
  /** In bytes. */
  size: number;
}

/** A node as it is shown. */
export interface TreeRow {
  node: TreeNode;
  /** 0 for what is in no folder. */
  depth: number;
  /** Among its siblings, from 1. */
  position: number;
  siblings: number;
}

/** The tree of some files, whose root is a folder without a name. */
export function fileTree(files: readonly ListedFile[]): TreeNode {
  const root = folderNode("", "");
  const folders = new Map([["", root]]);
  for (const file of files) {
    const parent = folderAt(folders, file.path.slice(0, Math.max(0, file.path.lastIndexOf("/"))));
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    parent.children.push({ name, path: file.path, file, children: [], count: 1, size: file.size });
  }
  const byName = new Intl.Collator("en", { numeric: true });
  // A folder comes after those around it, so that its sums are complete before theirs are made.
  for (const folder of [...folders.values()].reverse()) {
    folder.children.sort((a, b) => Number(a.file !== null) - Number(b.file !== null) || byName.compare(a.name, b.name));
    for (const { count, size } of folder.children) {
      folder.count += count;
      folder.size += size;
    }
  }
  return root;
}

function folderNode(path: string, name: string): TreeNode {
  return { name, path, file: null, children: [], count: 0, size: 0 };
}

function folderAt(folders: Map<string, TreeNode>, path: string): TreeNode {
  const known = folders.get(path);
  if (known) return known;
  const end = path.lastIndexOf("/");
  const parent = folderAt(folders, path.slice(0, Math.max(0, end)));
  const folder = folderNode(path, path.slice(end + 1));
  folders.set(path, folder);
  parent.children.push(folder);
  return folder;
}

/** What is shown of a tree in which some folders show what is in them. */
export function visibleRows(root: TreeNode, isExpanded: (path: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (folder: TreeNode, depth: number) => {
    folder.children.forEach((node, at) => {
      rows.push({ node, depth, position: at + 1, siblings: folder.children.length });
      if (node.file === null && isExpanded(node.path)) add(node, depth + 1);
    });
  };
  add(root, 0);
  return rows;
}

/** All files in the order in which an expanded tree shows them. */
export function filesInOrder(root: TreeNode): ListedFile[] {
  return visibleRows(root, () => true).flatMap(({ node }) => node.file ?? []);
}

/** The folders that a path is in, the outermost first. */
export function foldersAround(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) folders.push(path.slice(0, at));
  return folders;
}

const MAX_INITIAL_ROWS = 40;

/** The folders that are expanded at first: those around a path, and level by level while at most 40 rows show. */
export function initiallyExpanded(root: TreeNode, path: string | undefined): Set<string> {
  const around = foldersAround(path ?? "");
  const expanded = new Set<string>();
  let level = root.children;
  for (let rows = level.length; level.length > 0; ) {
    const folders = level.filter(({ file }) => file === null);
    level = folders.flatMap(({ children }) => children);
    rows += level.length;
    if (rows > MAX_INITIAL_ROWS) break;
    for (const folder of folders) expanded.add(folder.path);
  }
  return new Set([...expanded, ...around]);
}

/** The files whose paths contain a text, in any case. */
export function matchingFiles(files: readonly ListedFile[], text: string): readonly ListedFile[] {
  const part = text.trim().toLowerCase();
  return part === "" ? files : files.filter(({ path }) => path.toLowerCase().includes(part));
}
