import type { FileOptions } from "./file-content";

/** The options of a command that say how to read files, detected without them. */
export const FILE_OPTIONS = {
  encoding: { type: "string", value: "NAME", help: "Encoding of text, such as windows-1252 or utf-16le" },
  separator: { type: "string", value: "CHAR", help: "Separator of CSV: a character, or tab" },
  quote: { type: "string", value: "CHAR", help: "Quotation mark of CSV, or none" },
  header: { type: "string", value: "LINE", help: "Line of CSV that names the columns, or none" },
  "bad-lines": {
    type: "string",
    value: "MODE",
    help: "CSV lines with more or fewer fields than the header: skip or keep",
    complete: ["skip", "keep"],
  },
} as const;

export const CSV_HELP = `The encoding of text, and the separator and header of CSV are detected, and named unless they are the
usual ones. Short lines of CSV are filled up; longer ones than the header are an error without --bad-lines.`;

/** How to read files according to these options of a command. */
export function fileOptions(
  values: { [Name in keyof typeof FILE_OPTIONS]?: string | undefined },
  type: string | undefined,
): FileOptions {
  const { encoding, separator, quote, header, "bad-lines": badLines } = values;
  return { type, encoding, separator, quote, header, badLines };
}
