import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { ROOT } from "../sources.mjs";
import { described } from "./reporter.mjs";

/** The least share of mutants that tests must find, in per cent. */
const TARGET = 85;

/** What is tried of folders whose tests use a database, or other processes: a sample, see sample.mjs. */
const SAMPLES = { blobs: "100", server: "300" };

/** Of the others each mutant is tried. */
const SCOPES = ["formats", "diff", "contract", "blobs", "server"];

const REPORTS = resolve(ROOT, ".mutation");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    // How many mutants are tried: all, except of a whole folder in SAMPLES.
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    concurrency: { type: "string", default: "2" },
    // Test files whose paths begin so are the only ones that run: quick, while the tests of one file are written.
    tests: { type: "string" },
  },
});

process.chdir(ROOT);
const targets = positionals.length > 0 ? positionals : SCOPES;
const scores = [];
for (const scope of targets) scores.push(await mutate(scope));
console.log("\nMutation score");
for (const { scope, score, counts } of scores) {
  const parts = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  console.log(`${scope.padEnd(10)} ${score.toFixed(1)} %  (${parts.join(", ")})`);
}
console.log(`Survivors are listed in ${relative(ROOT, REPORTS)}/.`);
process.exitCode = scores.every(({ score }) => score >= TARGET) ? 0 : 1;

/**
 * Runs the tests against mutants of a scope, and writes those that no test finds to a file.
 * @param {string} target a name of SCOPES, or the path of a folder or file in one of them
 */
async function mutate(target) {
  const [scope] = target.split("/");
  if (!SCOPES.includes(scope)) throw new Error(`Name a scope (${SCOPES.join(", ")}), or a folder or file in one.`);
  const sample = values.sample ?? SAMPLES[target];
  process.env.MUTATION_SCOPE = scope;
  process.env.MUTATION_SAMPLE = sample;
  process.env.MUTATION_SEED = values.seed;
  process.env.MUTATION_TESTS = values.tests ?? `${scope}/`;
  const results = await new Stryker({
    testRunner: "vitest-by-file",
    plugins: [
      "@stryker-mutator/vitest-runner",
      "./scripts/mutation/runner.mjs",
      "./scripts/mutation/reporter.mjs",
      ...(sample ? ["./scripts/mutation/sample.mjs"] : []),
    ],
    // Also a test that imports no mutated file may run one, in another process.
    vitest: { configFile: "scripts/mutation/vitest.config.mjs", related: false },
    checkers: sample ? ["sample"] : [],
    mutate: [statSync(target).isDirectory() ? `${target}/**/*.ts` : target, "!**/*.test.ts"],
    ignorePatterns: [".mutation", ".vitrine", ".bench", ".prefect", "test-results", "playwright-report"],
    coverageAnalysis: "perTest",
    concurrency: Number(values.concurrency),
    reporters: ["progress-append-only", "survivors"],
    tempDirName: ".mutation/tmp",
    // Stryker reads this file by an API that TypeScript 7 does not have.
    tsconfigFile: "none",
    disableTypeChecks: false,
    timeoutMS: 30_000,
    dryRunTimeoutMinutes: 20,
    allowConsoleColors: false,
  }).runMutationTest();
  return reported(target, results);
}

/**
 * Writes to a file which mutants no test found, and which ran out of time: they count as found, but on a busy machine a
 * test may have been slow for another reason. Gives the score.
 */
function reported(target, results) {
  const tried = results.filter(({ status }) => !["CompileError", "Ignored"].includes(status));
  const counts = {};
  for (const { status } of tried) counts[status] = (counts[status] ?? 0) + 1;
  const found = (counts.Killed ?? 0) + (counts.Timeout ?? 0);
  const lines = tried
    .filter(({ status }) => status !== "Killed")
    .map(described)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  mkdirSync(REPORTS, { recursive: true });
  const text = lines.length > 0 ? lines.join("\n") : "none";
  writeFileSync(resolve(REPORTS, `${target.replaceAll("/", "-")}.txt`), `${text}\n`);
  console.log(`\nSurvivors of ${target}\n${text}`);
  return { scope: target, score: tried.length > 0 ? (100 * found) / tried.length : 100, counts };
}
