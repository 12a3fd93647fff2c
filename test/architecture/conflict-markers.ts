import { lineAt, type Rule } from "./tree";

/** As Git writes them, and as a Markdown formatter changes them. */
const MARKER = /^(?:<{7} |>{7} |\|{7} |(?:> ){6}>)/gm;

/** No conflict markers in any text file. */
export const conflictMarkers: Rule = (files) =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(MARKER)].map(({ index }) => `${path}:${lineAt(text, index)} is a conflict marker: remove it.`),
  );
