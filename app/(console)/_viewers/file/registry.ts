import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import type { Artifact } from "#contract/artifact";
import { FILE } from "#contract/file-type";
import { FILE_KINDS, type FileKind, type FileKindName, fitsKind } from "#formats/files/file-kind";
import type { ListedFile } from "#formats/files/file-list";
import { ownViewers } from "../own/own-viewers";
import { VIEWERS } from "../registry";
import type { FileViewerComponent, FileViewerProps } from "./viewer-props";

/** A way to show a file. What it needs is loaded only where it is used: here are its name and its conditions. */
export interface FileViewer extends Omit<FileKind, "name" | "diff"> {
  /** As `metadata.viewer` names it. */
  name: string;
  /** In bytes: a larger file is shown on request. */
  maxAutomatic: number;
  /** In bytes: a larger file can't be shown. Unless it is said, any file can. */
  maxSize?: number;
  Component: FileViewerComponent;
}

const MB = 1_000_000;

const loaded = (load: () => Promise<FileViewerComponent>): FileViewerComponent => dynamic(() => loadCode(load));

/** For a file that no other viewer is for, or that the one for it can't read. */
export const HexFile = dynamic<FileViewerProps & { problem?: string }>(() =>
  loadCode(() => import("./hex-file").then((module) => module.HexFile)),
);

/** How files of each kind are shown. */
const SHOWN: Record<FileKindName, Pick<FileViewer, "maxAutomatic" | "maxSize" | "Component">> = {
  image: {
    maxAutomatic: 32 * MB,
    Component: loaded(() => import("./image-file").then((module) => module.ImageFile)),
  },
  audio: {
    maxAutomatic: Number.POSITIVE_INFINITY,
    Component: loaded(() => import("./media-file").then((module) => module.AudioFile)),
  },
  video: {
    maxAutomatic: Number.POSITIVE_INFINITY,
    Component: loaded(() => import("./media-file").then((module) => module.VideoFile)),
  },
  pdf: {
    maxAutomatic: Number.POSITIVE_INFINITY,
    Component: loaded(() => import("./pdf-file").then((module) => module.PdfFile)),
  },
  html: {
    maxAutomatic: 64 * MB,
    Component: loaded(() => import("./html-file").then((module) => module.HtmlFile)),
  },
  csv: {
    maxAutomatic: 32 * MB,
    Component: loaded(() => import("../table-file/delimited-file").then((module) => module.DelimitedFile)),
  },
  parquet: {
    maxAutomatic: Number.POSITIVE_INFINITY,
    Component: loaded(() => import("../table-file/columnar-file").then((module) => module.ParquetFile)),
  },
  arrow: {
    maxAutomatic: 32 * MB,
    Component: loaded(() => import("../table-file/columnar-file").then((module) => module.ArrowFile)),
  },
  jsonl: {
    maxAutomatic: 32 * MB,
    Component: loaded(() => import("./json-lines-file").then((module) => module.JsonLinesFile)),
  },
  notebook: {
    maxAutomatic: 32 * MB,
    maxSize: 256 * MB,
    Component: loaded(() => import("./notebook-file").then((module) => module.NotebookFile)),
  },
  text: {
    maxAutomatic: 16 * MB,
    maxSize: 512 * MB,
    Component: loaded(() => import("./text-file").then((module) => module.TextFile)),
  },
};

/** The first that fits is chosen. */
const FILE_VIEWERS: readonly FileViewer[] = [
  ...FILE_KINDS.map((kind) => ({ ...kind, ...SHOWN[kind.name] })),
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
  const own = allFileViewers(file.size).find((viewer) => fitsKind(viewer, file)) ?? null;
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
