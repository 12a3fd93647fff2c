import { importsOf, visit } from "./syntax";
import { folderOf, isCode, isProduction, isTest, isTestCode, lineCount, type Rule, topOf } from "./tree";

const MAX_LINES = 400;
const MAX_FILES = 20;
const MIN_LINES = 25;
const MIN_TEST_RATIO = 0.5;

/** Folders of siblings of one kind, one file for each noun, command or icon: they may hold any number of files. */
const SIBLINGS = ["cli/commands", "contract", "db/schema", "server/models", "server/routers", "test/architecture"];

const CATCH_ALL = "common components helper helpers hooks lib misc service services shared types util utils".split(" ");

/** Folders whose content a catch-all name describes well. */
const ALLOWED_NAMES = new Set(["app/(console)/_viewers/shared"]);

/** Next.js gives these files their meaning by their names. */
const ROUTE_FILE = /^app\/.*\/?(page|layout|route|loading|error|global-error|not-found|default|template)\.tsx?$/;

/** No catch-all names: a file or folder is named for its content. */
export const catchAllNames: Rule = (files) =>
  files.flatMap(({ path }) => {
    const parts = path.split("/");
    const index = parts.findIndex((part) => CATCH_ALL.includes(part.split(".")[0] ?? ""));
    if (index < 0 || ALLOWED_NAMES.has(parts.slice(0, index + 1).join("/"))) return [];
    return [`${path}: "${parts[index]}" is a catch-all name; name it for its content.`];
  });

/** Written from other files, with an entry for each procedure. */
const GENERATED = ["client/procedures.ts", "server/routers/reference.ts"];

/** At most 400 lines in a file, with those of texts between backticks, which Biome does not count. */
export const linesPerFile: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    if (!(isCode(path) || path.endsWith(".css")) || GENERATED.includes(path) || lineCount(text) <= MAX_LINES) return [];
    return [`${path} has ${lineCount(text)} lines, more than ${MAX_LINES}: a file is one idea.`];
  });

/** At most 20 source files in a folder, beside subfolders and tests. */
export const filesPerFolder: Rule = (files) => {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    if (isCode(path) && !isTest(path)) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > MAX_FILES && !SIBLINGS.includes(folder))
    .map(
      ([folder, count]) => `${folder}/ has ${count} source files, more than ${MAX_FILES}: group them by page or idea.`,
    );
};

/**
 * A file under 25 lines with a single importer is merged into it. Excepted are tests, route files, siblings of one kind,
 * and files that must be modules of their own: programs, and modules that are loaded with `import()`, as a worker, or
 * marked "use client" or "use server".
 */
export const smallFiles: Rule = (files) => {
  const imports = importsOf(files.filter(({ path }) => !isTestCode(path)));
  return files.flatMap(({ path, text }) => {
    if (!isCode(path) || isTestCode(path) || topOf(path) === "." || lineCount(text) >= MIN_LINES) return [];
    if (ROUTE_FILE.test(path) || SIBLINGS.includes(folderOf(path)) || /^["']use |process\.argv\[1\]/.test(text))
      return [];
    const importing = imports.filter(({ to }) => to === path);
    const importers = [...new Set(importing.map(({ from }) => from))];
    const [importer = ""] = importers;
    if (importers.length !== 1 || importing.some(({ dynamic }) => dynamic) || topOf(importer) !== topOf(path))
      return [];
    return [`${path} has ${lineCount(text)} lines and only ${importer} imports it: merge it into that file.`];
  });
};

/** `.tsx` only with JSX. */
export const tsxWithJsx: Rule = (files) =>
  files.flatMap((file) => {
    if (!file.path.endsWith(".tsx")) return [];
    let hasJsx = false;
    const onJsx = () => {
      hasJsx = true;
    };
    visit(file, { JSXElement: onJsx, JSXFragment: onJsx });
    return hasJsx ? [] : [`${file.path} has no JSX: name it .ts.`];
  });

/** Every noun in `server/routers/` has its file in `contract/` and in `server/models/`, or a family there (`run`: `flow-run`). */
export const nouns: Rule = (files) => {
  const paths = files.map(({ path }) => path);
  return files.flatMap(({ path, text }) => {
    const noun = /^server\/routers\/([^/]+)\.ts$/.exec(path)?.[1];
    if (!noun || isTest(path) || !/= router\(\{/.test(text) || noun === "app-router") return [];
    const family = new RegExp(`^server/models/(?:[a-z]+-)?${noun}\\.ts$`);
    const missing = [
      ...(paths.includes(`contract/${noun}.ts`) ? [] : [`contract/${noun}.ts`]),
      ...(paths.some((each) => family.test(each)) ? [] : [`server/models/${noun}.ts`]),
    ];
    return missing.map((twin) => `${path} has no ${twin}: a noun has the same file name in every folder.`);
  });
};

/** At least one line of tests, without test support, for two lines of production code. */
export const testRatio: Rule = (files) => {
  const lines = (matches: (path: string) => boolean) =>
    files.filter(({ path }) => isCode(path) && matches(path)).reduce((sum, { text }) => sum + lineCount(text), 0);
  const [tests, production] = [lines(isTest), lines(isProduction)];
  if (tests >= production * MIN_TEST_RATIO) return [];
  const ratio = (tests / production).toFixed(2);
  return [`${tests} lines of tests for ${production} lines of production code is ${ratio}, below ${MIN_TEST_RATIO}.`];
};
