import type { SortField } from "./column-head";

/** A column that the reader sees, with its width in pixels. */
export interface Column {
  /** Of `COLUMNS`, or `metadata.NAME`. */
  id: string;
  width: number;
}

/** The columns of a list after the name of the artifact, in their order, and the height of its rows. */
export interface Display {
  columns: Column[];
  isComfortable: boolean;
}

/** What columns there are, apart from those of metadata. */
export const COLUMNS: Record<string, { name: string; width: number; field?: SortField; isRight?: boolean }> = {
  type: { name: "Type", width: 112, field: "type" },
  value: { name: "Value", width: 192 },
  change: { name: "Change", width: 144 },
  size: { name: "Size", width: 80, field: "size", isRight: true },
  producer: { name: "Flow run", width: 224 },
  version: { name: "Version", width: 80, field: "version", isRight: true },
  created: { name: "Age", width: 96, field: "created", isRight: true },
  updated: { name: "Updated", width: 96, isRight: true },
  title: { name: "Title", width: 224 },
  owner: { name: "Owner", width: 144 },
  description: { name: "Description", width: 256 },
};

export const METADATA = "metadata.";

/** The name of a metadata field, where a column shows one. */
export function metadataField(id: string): string | null {
  return id.startsWith(METADATA) ? id.slice(METADATA.length) : null;
}

export function columnName(id: string): string {
  return metadataField(id) ?? COLUMNS[id]?.name ?? id;
}

const DEFAULT_IDS = ["type", "value", "change", "size", "producer", "version", "created"];

export const DEFAULT_DISPLAY: Display = {
  columns: DEFAULT_IDS.map((id) => ({ id, width: COLUMNS[id]?.width ?? 0 })),
  isComfortable: false,
};
