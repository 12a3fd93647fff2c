import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { browser, drizzle, environment, light } from "./boundaries";
import { cycles } from "./cycles";
import { papers } from "./doc-links";
import { ladder, routes } from "./layers";
import { lockfile } from "./lockfile";
import { restRoutes } from "./rest";
import { barrels, catches, median, names, nouns, size } from "./shape";
import { type Rule, readTree } from "./tree";
import { casts, crutches } from "./type-escapes";

const files = readTree(fileURLToPath(new URL("../..", import.meta.url)).slice(0, -1));

const RULES: [string, Rule][] = [
  ["every import goes down the ladder", ladder],
  ["a page uses itself, its parents and the shared folders", routes],
  ["no import cycles, types included", cycles],
  ["only models and the store import Drizzle or tables", drizzle],
  ["no server in the browser", browser],
  ["no Zod in the browser", light],
  ["only the env.ts of server, client and cli read the environment", environment],
  ["no file over 250 lines", size],
  ["the median file has at most 80 lines", median],
  ["no file or folder is a drawer", names],
  ["no barrels", barrels],
  ["a noun has the same file name at every depth", nouns],
  ["every REST route names an existing procedure", restRoutes],
  ["no try/catch in procedures and models", catches],
  ["at most one any, cast or ! per thousand lines", casts],
  ["tests use no sleeps, retries, snapshots or mocks", crutches],
  ["every path named in a paper exists", papers],
  ["the lock file serves every registry and platform", lockfile],
];

test.each(RULES)("%s", (_, rule) => {
  expect(rule(files), "each line is one place to change").toEqual([]);
});
