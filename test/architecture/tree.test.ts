import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { noServerInBrowser, noZodInBrowser } from "./browser";
import { conflictMarkers } from "./conflict-markers";
import { docLinks } from "./doc-links";
import { dependencyReasons, documentedCommands, documentedVariables } from "./documents";
import { errorHandling } from "./error-handling";
import { folderCycles } from "./folder-cycles";
import { layers, routes } from "./layers";
import { lockfile } from "./lockfile";
import { catchAllNames, filesPerFolder, linesPerFile, nouns, smallFiles, testRatio, tsxWithJsx } from "./structure";
import { testAntipatterns } from "./test-antipatterns";
import { type Rule, readTree } from "./tree";
import { typeEscapes } from "./type-escapes";
import { words } from "./words";

const files = readTree(fileURLToPath(new URL("../..", import.meta.url)).slice(0, -1));

const RULES: [string, Rule][] = [
  ["imports go down the layers", layers],
  ["folders do not import each other in a circle", folderCycles],
  ["a page imports from itself, its parents and shared folders", routes],
  ["no server code in the browser", noServerInBrowser],
  ["no Zod in the browser", noZodInBrowser],
  ["no catch-all names", catchAllNames],
  ["at most 400 lines in a file", linesPerFile],
  ["at most 20 source files in a folder", filesPerFolder],
  ["no small file with a single importer", smallFiles],
  [".tsx only with JSX", tsxWithJsx],
  ["a noun has the same file name in every folder", nouns],
  ["at least one line of tests for two of production code", testRatio],
  ["at most one type escape per 1,000 production lines", typeEscapes],
  ["procedures and models catch no errors", errorHandling],
  ["no sleeps, retries, snapshots or mocks in tests", testAntipatterns],
  ["no refused words in names", words],
  ["every path in documents and comments exists", docLinks],
  ["every dependency has a documented reason", dependencyReasons],
  ["every environment variable is documented", documentedVariables],
  ["every command is documented", documentedCommands],
  ["no conflict markers", conflictMarkers],
  ["the lock file serves every registry and platform", lockfile],
];

it.each(RULES)("%s", (_, rule) => {
  expect(rule(files), "each line is one place to change").toEqual([]);
});
