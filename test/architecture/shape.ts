import { codeOf, lineAt, lineCount } from "./scan";
import { isCode, isTest, type Rule } from "./tree";

const MOST_LINES = 250;
const MEDIAN_LINES = 80;
const FORBIDDEN = new Set(
  "utils util helpers helper common shared misc types services service lib hooks components".split(" "),
);

/** Files that only pass on what others export, each with its reason. */
const DOORS = new Map([["db/schema.ts", "Drizzle takes all tables as one module"]]);

/** No file of code or style over 250 lines. */
export const size: Rule = (files) =>
  files
    .filter(({ path, text }) => (isCode(path) || path.endsWith(".css")) && lineCount(text) > MOST_LINES)
    .map(
      ({ path, text }) => `${path} has ${lineCount(text)} lines, more than ${MOST_LINES}: split it by what it knows.`,
    );

/** The median file of code has at most 80 lines. */
export const median: Rule = (files) => {
  const sizes = files.filter(({ path }) => isCode(path)).map(({ text }) => lineCount(text));
  const middle = sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0;
  return middle > MEDIAN_LINES
    ? [`The median file has ${middle} lines, more than ${MEDIAN_LINES}: split the large ones.`]
    : [];
};

/** No drawer names: a folder or file is named for the thing it knows. */
export const names: Rule = (files) =>
  files.flatMap(({ path }) => {
    const drawer = path.split("/").find((part) => FORBIDDEN.has(part.split(".")[0] ?? ""));
    return drawer ? [`${path}: "${drawer}" names a drawer, not a thing; name it for what it knows.`] : [];
  });

/** No barrels: a file that only re-exports hides where things live. */
export const barrels: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !DOORS.has(path))
    .filter(({ text }) => {
      const code = codeOf(text).trim();
      return (
        code !== "" && code.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s*;?/g, "").trim() === ""
      );
    })
    .map(({ path }) => `${path} only passes on what other files export: import from those files instead.`);

/** Every noun in `server/routers/` has its file in `contract/` and `server/models/`, or a family there (`run`: `flow-run`). */
export const nouns: Rule = (files) => {
  const paths = files.map((file) => file.path);
  return files.flatMap(({ path, text }) => {
    const noun = /^server\/routers\/([^/]+)\.ts$/.exec(path)?.[1];
    if (!noun || isTest(path) || !/\brouter\(/.test(codeOf(text))) return [];
    const family = new RegExp(`^server/models/(?:[a-z]+-)?${noun}\\.ts$`);
    return [
      ...(paths.includes(`contract/${noun}.ts`) ? [] : [`contract/${noun}.ts`]),
      ...(paths.some((each) => family.test(each)) ? [] : [`server/models/${noun}.ts`]),
    ].map((twin) => `${path} has no ${twin}: a noun has the same file name at every depth.`);
  });
};

/** No try/catch in procedures and models: errors are thrown where known and mapped once per door. */
export const catches: Rule = (files) =>
  files
    .filter(({ path }) => /^server\/(routers|models)\//.test(path) && !isTest(path))
    .flatMap(({ path, text }) =>
      [...codeOf(text).matchAll(/\btry\s*\{|\.catch\(/g)].map(
        ({ index }) =>
          `${path}:${lineAt(text, index)} catches an error: throw a StoreError where it is known and let it pass.`,
      ),
    );
