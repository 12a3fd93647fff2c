import { mkdirSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { ROOT } from "../sources.mjs";

/** The least share of mutants that tests must find, in per cent. */
const TARGET = 85;

/** Folders without database access: each of their mutants is tried. `server` is a sample, see sample.mjs. */
const SCOPES = ["formats", "diff", "contract", "server"];

const REPORTS = resolve(ROOT, ".mutation");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    concurrency: { type: "string", default: "2" },
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
 * Runs the tests against each mutant of a scope (or of one file of a scope), and writes the survivors to a file.
 * @param {string} target a name of SCOPES, or the path of a file in one of them
 */
async function mutate(target) {
  const [scope] = target.split("/");
  if (!SCOPES.includes(scope)) throw new Error(`Name a scope (${SCOPES.join(", ")}) or a file in one of them.`);
  const sampled = scope === "server" && target === scope;
  process.env.MUTATION_SCOPE = scope;
  process.env.MUTATION_SAMPLE = values.sample;
  process.env.MUTATION_SEED = values.seed;
  const results = await new Stryker({
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner", ...(sampled ? ["./scripts/mutation/sample.mjs"] : [])],
    vitest: { configFile: "scripts/mutation/vitest.config.mjs" },
    checkers: sampled ? ["sample"] : [],
    mutate: [target === scope ? `${scope}/**/*.ts` : target, "!**/*.test.ts"],
    ignorePatterns: [".mutation", ".vitrine", ".bench", ".prefect", "dist", "test-results", "playwright-report"],
    coverageAnalysis: "perTest",
    concurrency: Number(values.concurrency),
    reporters: ["progress-append-only"],
    tempDirName: ".mutation/tmp",
    // Stryker reads this file by an API that TypeScript 7 does not have.
    tsconfigFile: "none",
    disableTypeChecks: false,
    timeoutMS: 10_000,
    allowConsoleColors: false,
  }).runMutationTest();
  return reported(target, results);
}

/** Writes the survivors of a run to a file and gives its score. */
function reported(target, results) {
  const tried = results.filter(({ status }) => !["CompileError", "RuntimeError", "Ignored"].includes(status));
  const counts = {};
  for (const { status } of tried) counts[status] = (counts[status] ?? 0) + 1;
  const found = (counts.Killed ?? 0) + (counts.Timeout ?? 0);
  const survivors = tried
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map(described)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  mkdirSync(REPORTS, { recursive: true });
  const lines = survivors.length > 0 ? survivors.join("\n") : "none";
  writeFileSync(resolve(REPORTS, `${target.replaceAll("/", "-")}.txt`), `${lines}\n`);
  console.log(`\nSurvivors of ${target}\n${lines}`);
  return { scope: target, score: tried.length > 0 ? (100 * found) / tried.length : 100, counts };
}

function described({ fileName, location, mutatorName, replacement, status }) {
  const text = (replacement ?? "").replace(/\s+/g, " ").slice(0, 120);
  const { start, end } = location;
  const span = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${relative(ROOT, fileName)}:${span} ${mutatorName} → ${text}${status === "NoCoverage" ? "  (no test runs it)" : ""}`;
}
