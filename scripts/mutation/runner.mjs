import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import { DryRunStatus, MutantRunStatus, TestStatus } from "@stryker-mutator/api/test-runner";
import { strykerPlugins as vitestPlugins } from "@stryker-mutator/vitest-runner";

/** Tests are selected by one regular expression of their titles, and V8 refuses a very long one. */
const MAX_ID = 300;

/** The test runner that Stryker loads from here. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "vitest-by-file", createRunner)];

/**
 * Stryker's runner for Vitest, with four differences:
 * - A test file that fails as a whole (on import or in a hook) finds the mutant. Stryker looks at tests only, and
 *   such a file has none that failed.
 * - Code that runs while a file is imported or in its hooks counts as covered by the tests of that file. For Stryker it
 *   is static, and all tests run for each such mutant.
 * - Tests are selected by the beginning of their titles.
 * - A mutant is active from the start, hence also in those two, and in the processes that a test starts.
 */
function createRunner(injector) {
  const runner = injector.injectFunction(vitestPlugins[0].factory);
  const files = () => runner.ctx.state.getFiles();
  const failedFile = () => files().find(({ result }) => result?.state === "fail");
  return {
    capabilities: () => runner.capabilities(),
    init: () => runner.init(),
    dispose: () => runner.dispose(),
    async dryRun(options) {
      const result = await runner.dryRun(options);
      if (result.status !== DryRunStatus.Complete) return result;
      // Stryker reports tests that failed.
      const failed = result.tests.some(({ status }) => status === TestStatus.Failed) ? undefined : failedFile();
      if (failed) return { status: DryRunStatus.Error, errorMessage: `${failed.name}: ${errorOf(failed)}` };
      return { ...result, mutantCoverage: coverageByTest(result, files()) };
    },
    async mutantRun(options) {
      process.env.MUTATION_FILE = relative(process.cwd(), options.sandboxFileName);
      const testFilter = options.testFilter?.map((id) => id.slice(0, MAX_ID));
      const result = await runner.mutantRun({ ...options, testFilter, mutantActivation: "static" });
      const failed = failedFile();
      if (result.status !== MutantRunStatus.Survived || !failed) return result;
      const killedBy = options.testFilter.slice(0, 1);
      return { ...result, status: MutantRunStatus.Killed, killedBy, failureMessage: errorOf(failed) };
    },
  };
}

function errorOf({ result }) {
  return result.errors?.[0]?.message ?? "The file failed.";
}

createRunner.inject = tokens(commonTokens.injector);

/**
 * Coverage without a static part. What a test file runs outside its tests is covered by its tests, if one of them runs
 * code of the same source file, or no test of any file does (such as for constants, or in a process of its own).
 */
function coverageByTest({ tests, mutantCoverage: { perTest } }, files) {
  const sources = sourcesOfMutants();
  const groups = files.map(({ filepath, meta }) => {
    const ids = tests.filter(({ fileName }) => fileName === filepath).map(({ id }) => id);
    const run = new Set(ids.flatMap((id) => Object.keys(perTest[id] ?? {}).map((mutant) => sources.get(mutant))));
    return { ids, run, outside: Object.entries(meta.mutantCoverage?.static ?? {}) };
  });
  const anyRun = new Set(groups.flatMap(({ run }) => [...run]));
  for (const { ids, run, outside } of groups) {
    const covered = outside.filter(([mutant]) => run.has(sources.get(mutant)) || !anyRun.has(sources.get(mutant)));
    for (const id of ids) {
      perTest[id] ??= {};
      for (const [mutant, hits] of covered) perTest[id][mutant] = (perTest[id][mutant] ?? 0) + hits;
    }
  }
  return { perTest, static: {} };
}

/** The source file of each mutant: Stryker passes the mutants' ids to a runner, without their files. */
function sourcesOfMutants() {
  const sources = new Map();
  const scope = process.env.MUTATION_SCOPE;
  for (const name of readdirSync(scope, { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    const path = join(scope, name);
    for (const [, id] of readFileSync(path, "utf8").matchAll(/stryMutAct_\w+\("(\d+)"\)/g)) sources.set(id, path);
  }
  return sources;
}
