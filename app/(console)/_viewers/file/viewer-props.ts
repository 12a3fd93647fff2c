import type { ComponentType } from "react";
import type { Artifact } from "#contract/artifact";
import type { ListedFile } from "#formats/files/file-list";

/** What a viewer of files shows: one file of a version. */
export interface FileViewerProps {
  /** The version that has the file. */
  artifact: Artifact;
  file: ListedFile;
  /** The URL of its bytes, which gives ranges. */
  url: string;
  /** All files of the version, with the URL of each. `open` shows another one; null where there is only one. */
  folder: { files: readonly ListedFile[]; urlOf: (path: string) => string; open: ((path: string) => void) | null };
}

export type FileViewerComponent = ComponentType<FileViewerProps>;
