import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import type { Artifact } from "#contract/artifact";
import { ANY_MEDIA_TYPE, FILE } from "#contract/file-type";
import type { ListedFile } from "#formats/files/file-list";
import { extensionOf } from "../code/language";
import { ownViewers } from "../own/own-viewers";
import { VIEWERS } from "../registry";
import { isJsonType, typeOfContent } from "./as-artifact";
import { IMAGE_EXTENSIONS, IMAGE_TYPES } from "./image-types";
import type { FileViewerComponent, FileViewerProps } from "./viewer-props";

/** What the content of two files is compared as. */
export type DiffForm = "text" | "json" | "delimited" | "json-lines" | "parquet" | "arrow" | "pdf" | "image";

/** A way to show a file. What it needs is loaded only where it is used: here are its name and its conditions. */
export interface FileViewer {
  /** As `metadata.viewer` names it. */
  name: string;
  /** The media types that it is chosen for, and the endings of names for files of no known type. */
  mediaTypes: RegExp;
  extensions?: readonly string[];
  /** The paths that it is chosen for whatever their media type is. */
  paths?: RegExp;
  /** For such files too: whole names, without the folders. */
  names?: RegExp;
  /** In bytes: a larger file is shown on request. */
  maxAutomatic: number;
  /** In bytes: a larger file can't be shown. Unless it is said, any file can. */
  maxSize?: number;
  /** What such files are compared as; without it by their sizes and hashes. */
  diff?: DiffForm;
  Component: FileViewerComponent;
}

const MB = 1_000_000;

/** File extensions of texts without a viewer of their own, and whole names without an extension. */
const PLAIN_EXTENSIONS =
  "bat cmd cmake clj csproj cu dart dockerfile err ex exs f90 fs gitignore gradle groovy hcl hs jl lock m4 md5 nix out pem plist po proto properties ps1 rmd rst sarif scala sha256 sln srt sty svelte tcl tex tf tfvars vb vtt vue zig".split(
    " ",
  );
const TEXT_NAMES =
  /^(?:(?:docker|container|make|jenkins|proc|gem|rake|vagrant|brew|just|snake|pip)file|licen[cs]e|copying|notice|authors|contributors|changelog|changes|readme|todo|version|install|manifest|codeowners|\.(?:git(?:ignore|attributes|modules|keep)|dockerignore|npmrc|npmignore|nvmrc|editorconfig|env|bashrc|profile|zshrc|prettierrc|eslintrc|babelrc|python-version|pylintrc|flake8))$/i;

const loaded = (load: () => Promise<FileViewerComponent>): FileViewerComponent => dynamic(() => loadCode(load));

/** For a file that no other viewer is for, or that the one for it can't read. */
export const HexFile = dynamic<FileViewerProps & { problem?: string }>(() =>
  loadCode(() => import("./hex-file").then((module) => module.HexFile)),
);

/** The first that fits is chosen. */
const FILE_VIEWERS: readonly FileViewer[] = [
  {
    name: "image",
    mediaTypes: IMAGE_TYPES,
    extensions: IMAGE_EXTENSIONS,
    maxAutomatic: 32 * MB,
    diff: "image",
    Component: loaded(() => import("./image-file").then((module) => module.ImageFile)),
  },
  {
    name: "audio",
    mediaTypes: /^audio\//,
    extensions: ["wav", "mp3", "ogg", "oga", "opus", "flac", "m4a", "aac"],
    maxAutomatic: Number.POSITIVE_INFINITY,
    Component: loaded(() => import("./media-file").then((module) => module.AudioFile)),
  },
  {
    name: "video",
    mediaTypes: /^video\//,
    extensions: ["mp4", "m4v", "webm", "mov", "ogv", "mkv"],
    maxAutomatic: Number.POSITIVE_INFINITY,
    Component: loaded(() => import("./media-file").then((module) => module.VideoFile)),
  },
  {
    name: "pdf",
    mediaTypes: /^application\/(?:x-)?pdf$/,
    extensions: ["pdf"],
    maxAutomatic: Number.POSITIVE_INFINITY,
    diff: "pdf",
    Component: loaded(() => import("./pdf-file").then((module) => module.PdfFile)),
  },
  {
    name: "html",
    mediaTypes: /^(?:text\/html|application\/xhtml\+xml)\b/,
    extensions: ["html", "htm", "xhtml"],
    maxAutomatic: 64 * MB,
    diff: "text",
    Component: loaded(() => import("./html-file").then((module) => module.HtmlFile)),
  },
  {
    name: "csv",
    mediaTypes: /^text\/(?:csv|tab-separated-values)\b/,
    paths: /\.(?:csv|tsv|tab)(?:\.gz)?$/i,
    maxAutomatic: 32 * MB,
    diff: "delimited",
    Component: loaded(() => import("../table-file/delimited-file").then((module) => module.DelimitedFile)),
  },
  {
    name: "parquet",
    mediaTypes: /^application\/(?:vnd\.apache\.parquet|x-parquet|parquet)\b/,
    paths: /\.(?:parquet|pq)$/i,
    maxAutomatic: Number.POSITIVE_INFINITY,
    diff: "parquet",
    Component: loaded(() => import("../table-file/columnar-file").then((module) => module.ParquetFile)),
  },
  {
    name: "arrow",
    mediaTypes: /^application\/vnd\.apache\.arrow\.(?:file|stream)\b/,
    paths: /\.(?:arrows?|feather|ipc)$/i,
    maxAutomatic: 32 * MB,
    diff: "arrow",
    Component: loaded(() => import("../table-file/columnar-file").then((module) => module.ArrowFile)),
  },
  {
    name: "jsonl",
    mediaTypes: /^application\/(?:x-ndjson|jsonl)\b/,
    paths: /\.(?:jsonl|ndjson)(?:\.gz)?$/i,
    maxAutomatic: 32 * MB,
    diff: "json-lines",
    Component: loaded(() => import("./json-lines-file").then((module) => module.JsonLinesFile)),
  },
  {
    name: "notebook",
    mediaTypes: /^application\/x-ipynb\+json\b/,
    extensions: ["ipynb"],
    maxAutomatic: 32 * MB,
    maxSize: 256 * MB,
    diff: "json",
    Component: loaded(() => import("./notebook-file").then((module) => module.NotebookFile)),
  },
  {
    name: "text",
    mediaTypes:
      /^(?:text\/|application\/(?:json|xml|yaml|toml|sql|javascript|x-ndjson|x-ipynb\+json)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/,
    extensions: [...VIEWERS.flatMap(({ extensions }) => extensions ?? []), ...PLAIN_EXTENSIONS],
    names: TEXT_NAMES,
    maxAutomatic: 16 * MB,
    maxSize: 512 * MB,
    diff: "text",
    Component: loaded(() => import("./text-file").then((module) => module.TextFile)),
  },
  // Only as metadata name it.
  { name: "hex", mediaTypes: /^$/, maxAutomatic: Number.POSITIVE_INFINITY, Component: HexFile },
];

/** A viewer, or null where none fits, and why it is not the one that the metadata names. */
export interface FileChoice {
  viewer: FileViewer | null;
  notice: string | null;
}

const own = new Map<string, FileViewerComponent>();

/** The component of a viewer of the operator, always the same. */
function ownComponent(name: string): FileViewerComponent {
  const known = own.get(name) ?? loaded(() => import("./own-file").then((module) => module.fileViewer(name)));
  own.set(name, known);
  return known;
}

/** Those of the operator come first, without those that can't show a file of `size` bytes. */
function allFileViewers(size = 0): readonly FileViewer[] {
  const own = ownViewers()
    .filter(({ maxSize }) => size <= maxSize)
    .map(({ name, mediaTypes, extensions, maxSize }) => {
      const types = mediaTypes.map((each) => each.replace(/[^\w/]/g, "\\$&")).join("|");
      const fitting = new RegExp(`^(?:${types || "$"})(?:;|$)`, "i");
      return { name, extensions, maxSize, maxAutomatic: maxSize, mediaTypes: fitting, Component: ownComponent(name) };
    });
  return [...own, ...FILE_VIEWERS];
}

/** Chooses a viewer: for the only file of a version by `metadata.viewer`, else by media type, else by the ending of its name. */
export function chooseFileViewer(
  { type, metadata }: Pick<Artifact, "type" | "metadata">,
  file: ListedFile,
): FileChoice {
  const own = allFileViewers(file.size).find((viewer) => fits(viewer, file)) ?? null;
  const name = type === FILE ? (metadata?.viewer ?? null) : null;
  if (name === null) return { viewer: own, notice: null };
  // The viewer of texts finds the viewer of a text by the same name.
  const isOfText = VIEWERS.some((viewer) => viewer.name === name);
  const ofFiles = allFileViewers().find((viewer) => viewer.name === name);
  const named = ofFiles ?? (isOfText ? allFileViewers().find((viewer) => viewer.name === "text") : undefined);
  if (named) return { viewer: named, notice: null };
  const names = [...allFileViewers(), ...VIEWERS].map((viewer) => viewer.name);
  return { viewer: own, notice: `The metadata names a viewer that doesn't exist. It can be ${names.join(", ")}.` };
}

/** What the content of a file is compared as; null of one that is compared by size and hash. */
export function diffFormOf(file: ListedFile): DiffForm | null {
  const form = FILE_VIEWERS.find((viewer) => fits(viewer, file))?.diff ?? null;
  return form === "text" && isJsonType(typeOfContent(file)) ? "json" : form;
}

function fits({ mediaTypes, extensions, paths, names }: FileViewer, { mediaType, path }: ListedFile): boolean {
  if (paths?.test(path)) return true;
  if (mediaType !== ANY_MEDIA_TYPE) return mediaTypes.test(mediaType);
  const extension = extensionOf(path);
  if (extension !== null && extensions?.includes(extension)) return true;
  return names?.test(path.slice(path.lastIndexOf("/") + 1)) === true;
}
