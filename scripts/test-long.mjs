import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { playwright, run, step, summary, timed, vitest } from "./stage.mjs";

/** By how much random tests multiply their runs. */
process.env.VITRINE_TEST_RUNS ||= "20";

const FOLDERS = ["app", "blobs", "cli", "client", "contract", "db", "diff", "examples", "formats", "server", "test"];

/** The test files that are long, or do more in the long tests. */
const files = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
  .filter((file) => /\.test\.tsx?$/.test(file))
  .filter((file) => file.endsWith(".long.test.ts") || /inject\("runs"\)|"#test\/cli"/.test(readFileSync(file, "utf8")));

const build = await timed("Build", () => step("build", run("scripts/build.mjs", ["--if-needed"])));
const stages = [build, await timed("Long tests", () => vitest("vitest", ["--testTimeout=600000", ...files]))];
if (build.failed === 0)
  stages.push(await timed("Browser", () => playwright("browser", ["--grep=@long", "--workers=1"])));
// Each mutant is tried against the short forms.
delete process.env.VITRINE_TEST_RUNS;
stages.push(await timed("Mutants", () => step("mutants", run("scripts/mutation/run.mjs"))));
process.exitCode = summary(stages) ? 0 : 1;
