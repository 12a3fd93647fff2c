/**
 * What lists show of data without reading it, at most 1 KiB as JSON; texts are cut. Null where `number` says it all, and for
 * null.
 */
export type Preview =
  /** The beginning of a text, or a boolean. */
  | { kind: "text"; text: string }
  | { kind: "link"; url: string; text: string }
  /** An embedded image is a data URL; another is at its host. */
  | { kind: "image"; embedded: boolean }
  /** The first columns and rows of a table, as text. */
  | { kind: "table"; columns: string[]; rows: string[][] }
  /** A list that is not a table: how many items it has, and the first ones as JSON. */
  | { kind: "list"; items: number; first: string[] }
  /** An object that is not a table: how many members it has, and the first ones with their values as JSON. */
  | { kind: "object"; items: number; first: [name: string, value: string][] };

/** The largest preview as JSON, in bytes. */
export const MAX_PREVIEW = 1024;
