import { visit } from "./syntax";
import { isCode, lineAt, type Rule, type SourceFile } from "./tree";

/** Words that identifiers and file names must not contain, each with better ones. */
const REFUSED_WORDS = new Map([
  ["answer", "response, result"],
  ["answered", "responded, resolved"],
  ["answers", "responses, results"],
  ["ask", "request, query, call"],
  ["asked", "requested, request"],
  ["asking", "requesting"],
  ["asks", "requests"],
  ["brought", "restored, loaded"],
  ["buried", "deleted, moved to trash"],
  ["bury", "remove, move to trash"],
  ["crutches", "anti-patterns"],
  ["deaf", "unavailable"],
  ["doings", "actions"],
  ["door", "endpoint, request guard, HTTP layer"],
  ["doors", "endpoints"],
  ["drawer", "catch-all"],
  ["drawn", "rendered, chart"],
  ["ears", "listeners, handlers"],
  ["forgotten", "expired, evicted"],
  ["given", "input, options, or the name of the thing"],
  ["goes", "is deleted, moves"],
  ["gone", "not found, deleted"],
  ["hear", "listen, onMessage"],
  ["heard", "received, onMessage"],
  ["held", "contained, locked"],
  ["honesty", "type escapes"],
  ["house", "codebase"],
  ["kept", "stored, saved"],
  ["lane", "pool"],
  ["lasted", "duration"],
  ["lived", "existed"],
  ["lives", "exists"],
  ["living", "existing, not deleted"],
  ["made", "created, built"],
  ["misfit", "shape mismatch"],
  ["mishap", "error"],
  ["moment", "timestamp, time"],
  ["moments", "timestamps"],
  ["papers", "documents"],
  ["rung", "layer"],
  ["sight", "view, scroll into view"],
  ["standing", "status"],
  ["stranger", "foreign, unknown"],
  ["tell", "notify, report, log"],
  ["tells", "notifies, reports"],
  ["thing", "the name of the thing"],
  ["things", "the name of the things"],
  ["told", "notified, reported"],
  ["wanted", "requested, expected"],
  ["way", "mode, direction, path"],
  ["ways", "modes, directions, paths"],
  ["whoever", "caller, reader, user"],
  ["world", "random data, test data"],
  ["worlds", "random data, test data"],
]);

/** SQL of released versions cannot change any more. */
const RELEASED_SQL = /^(db\/migrations\/000[0-4]_|test\/fixtures\/)/;

/** Names in files that earlier versions read or wrote, by the only files that may use them. */
const STORED_NAMES = new Map([
  ["contract/backup.ts", "made"],
  ["contract/backup.test.ts", "made"],
  ["cli/backup/write.ts", "made"],
]);

/** No refused word in identifiers and file names, split at case and separators. */
export const words: Rule = (files) =>
  files.flatMap((file) => [
    ...refusedIn(file.path).map((word) => `${file.path}: "${word}" in a file name: use ${REFUSED_WORDS.get(word)}.`),
    ...identifiersOf(file).flatMap(({ name, offset }) =>
      (STORED_NAMES.get(file.path) === name ? [] : refusedIn(name)).map(
        (word) =>
          `${file.path}:${lineAt(file.text, offset)} "${word}" in the name ${name}: use ${REFUSED_WORDS.get(word)}.`,
      ),
    ),
  ]);

function refusedIn(name: string): string[] {
  return splitWords(name).filter((word) => REFUSED_WORDS.has(word));
}

/** `artifactURLOf-key_2` has the words artifact, url, of, key and 2. */
export function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

interface Identifier {
  name: string;
  offset: number;
}

/** The first use of each identifier: of the syntax tree, and of SQL and CSS also every word that is not in a string. */
function identifiersOf(file: SourceFile): Identifier[] {
  const found = new Map<string, number>();
  const add = (name: string, offset: number) => {
    if (!found.has(name)) found.set(name, offset);
  };
  if (isCode(file.path)) {
    visit(file, {
      Identifier: ({ name, start }) => add(name, start),
      JSXIdentifier: ({ name, start }) => add(name, start),
      PrivateIdentifier: ({ name, start }) => add(name, start),
      TaggedTemplateExpression({ tag, quasi }) {
        if (tag.type !== "Identifier" || tag.name !== "sql") return;
        for (const { start, value } of quasi.quasis) addWords(value.raw, start, add);
      },
    });
  }
  if (/\.(sql|css)$/.test(file.path) && !RELEASED_SQL.test(file.path)) addWords(file.text, 0, add);
  return [...found].map(([name, offset]) => ({ name, offset }));
}

function addWords(text: string, start: number, add: (name: string, offset: number) => void): void {
  const blank = (part: string) => part.replace(/[^\n]/g, " ");
  const code = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, blank);
  for (const { 0: name, index } of code.matchAll(/[A-Za-z_][\w-]*/g)) add(name, start + index);
}
