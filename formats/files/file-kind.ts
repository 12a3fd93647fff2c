import { ANY_MEDIA_TYPE } from "#contract/file-type";
import { isJsonType, typeOfContent } from "./content-type";
import type { ListedFile } from "./file-list";
import { IMAGE_EXTENSIONS, IMAGE_TYPES } from "./image-types";
import { CODE_EXTENSIONS, extensionOf } from "./language";

/** What the content of two files is compared as. */
export type DiffForm = "text" | "json" | "delimited" | "json-lines" | "parquet" | "arrow" | "pdf" | "image";

export type FileKindName =
  | "image"
  | "audio"
  | "video"
  | "pdf"
  | "html"
  | "csv"
  | "parquet"
  | "arrow"
  | "jsonl"
  | "notebook"
  | "text";

/** What files are known by: their kind says how they are shown and compared. */
export interface FileKind {
  name: FileKindName;
  /** The media types that it has, and the endings of names of files of no known type. */
  mediaTypes: RegExp;
  extensions?: readonly string[];
  /** The paths of such files, whatever their media type is. */
  paths?: RegExp;
  /** For files of no known type too: whole names, without the folders. */
  names?: RegExp;
  /** What such files are compared as; without it by their sizes and hashes. */
  diff?: DiffForm;
}

/** Of texts that data of some type has a viewer for. */
const TEXT_EXTENSIONS = ["mmd", "mermaid", "log", "html", "htm", "jsonl", "ndjson", "lcov"];

/** File extensions of texts without a viewer of their own, and whole names without an extension. */
const PLAIN_EXTENSIONS =
  "bat cmd cmake clj csproj cu dart dockerfile err ex exs f90 fs gitignore gradle groovy hcl hs jl lock m4 md5 nix out pem plist po proto properties ps1 rmd rst sarif scala sha256 sln srt sty svelte tcl tex tf tfvars vb vtt vue zig".split(
    " ",
  );
const TEXT_NAMES =
  /^(?:(?:docker|container|make|jenkins|proc|gem|rake|vagrant|brew|just|snake|pip)file|licen[cs]e|copying|notice|authors|contributors|changelog|changes|readme|todo|version|install|manifest|codeowners|\.(?:git(?:ignore|attributes|modules|keep)|dockerignore|npmrc|npmignore|nvmrc|editorconfig|env|bashrc|profile|zshrc|prettierrc|eslintrc|babelrc|python-version|pylintrc|flake8))$/i;

/** The first that fits is that of a file. */
export const FILE_KINDS: readonly FileKind[] = [
  {
    name: "image",
    mediaTypes: IMAGE_TYPES,
    extensions: IMAGE_EXTENSIONS,
    diff: "image",
  },
  {
    name: "audio",
    mediaTypes: /^audio\//,
    extensions: ["wav", "mp3", "ogg", "oga", "opus", "flac", "m4a", "aac"],
  },
  {
    name: "video",
    mediaTypes: /^video\//,
    extensions: ["mp4", "m4v", "webm", "mov", "ogv", "mkv"],
  },
  {
    name: "pdf",
    mediaTypes: /^application\/(?:x-)?pdf$/,
    extensions: ["pdf"],
    diff: "pdf",
  },
  {
    name: "html",
    mediaTypes: /^(?:text\/html|application\/xhtml\+xml)\b/,
    extensions: ["html", "htm", "xhtml"],
    diff: "text",
  },
  {
    name: "csv",
    mediaTypes: /^text\/(?:csv|tab-separated-values)\b/,
    paths: /\.(?:csv|tsv|tab)(?:\.gz)?$/i,
    diff: "delimited",
  },
  {
    name: "parquet",
    mediaTypes: /^application\/(?:vnd\.apache\.parquet|x-parquet|parquet)\b/,
    paths: /\.(?:parquet|pq)$/i,
    diff: "parquet",
  },
  {
    name: "arrow",
    mediaTypes: /^application\/vnd\.apache\.arrow\.(?:file|stream)\b/,
    paths: /\.(?:arrows?|feather|ipc)$/i,
    diff: "arrow",
  },
  {
    name: "jsonl",
    mediaTypes: /^application\/(?:x-ndjson|jsonl)\b/,
    paths: /\.(?:jsonl|ndjson)(?:\.gz)?$/i,
    diff: "json-lines",
  },
  {
    name: "notebook",
    mediaTypes: /^application\/x-ipynb\+json\b/,
    extensions: ["ipynb"],
    diff: "json",
  },
  {
    name: "text",
    mediaTypes:
      /^(?:text\/|application\/(?:json|xml|yaml|toml|sql|javascript|x-ndjson|x-ipynb\+json)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/,
    extensions: [...CODE_EXTENSIONS, ...TEXT_EXTENSIONS, ...PLAIN_EXTENSIONS],
    names: TEXT_NAMES,
    diff: "text",
  },
];

/** Whether a file is of that kind; the names are looked at only where the media type says nothing. */
export function fitsKind(
  { mediaTypes, extensions, paths, names }: Omit<FileKind, "name" | "diff">,
  { mediaType, path }: Pick<ListedFile, "mediaType" | "path">,
): boolean {
  if (paths?.test(path)) return true;
  if (mediaType !== ANY_MEDIA_TYPE) return mediaTypes.test(mediaType);
  const extension = extensionOf(path);
  if (extension !== null && extensions?.includes(extension)) return true;
  return names?.test(path.slice(path.lastIndexOf("/") + 1)) === true;
}

/** What the content of a file is compared as; null of one that is compared by size and hash. */
export function diffFormOf(file: ListedFile): DiffForm | null {
  const form = FILE_KINDS.find((kind) => fitsKind(kind, file))?.diff ?? null;
  return form === "text" && isJsonType(typeOfContent(file)) ? "json" : form;
}

/** The separator of a delimited text in which none is found. */
export function usualSeparator(path: string): "," | "\t" {
  return /\.(?:tsv|tab)(?:\.gz)?$/i.test(path) ? "\t" : ",";
}
