import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./sources.mjs";

/** Versions of Prefect, with the releases of its dependencies that it needs and does not ask for. */
const VERSIONS = [
  ["3.0.*", "pydantic<2.11", "fastapi<0.116", "starlette<0.42"],
  ["3.4.*", "fastapi<0.120"],
  ["3.8.*", "fastapi==0.139.2"],
  ["3.*", "fastapi==0.139.2"],
];
const TESTS = ["server/rest/prefect.test.ts", "test/prefect"];
const CACHE = join(ROOT, "node_modules", ".cache", "prefect");

/** The lines of a log that a person reads as a problem. */
const ALARM = /\b(?:WARNING|ERROR|CRITICAL)\b|Traceback|\w+Warning\b/;

/** @returns {{ version: string, bin: string }} an environment with Prefect, installed unless it is there */
function install([requested, ...pins]) {
  const folder = join(CACHE, requested.replace(/\W+/g, "-"));
  const bin = join(folder, "bin");
  if (!existsSync(join(bin, "prefect"))) {
    console.log(`Installing Prefect ${requested}…`);
    rmSync(folder, { recursive: true, force: true });
    execFileSync("python3", ["-m", "venv", folder]);
    execFileSync(join(bin, "pip"), ["install", "--quiet", `prefect==${requested}`, ...pins], { stdio: "inherit" });
  }
  const code = "import importlib.metadata as m; print(m.version('prefect'))";
  return { version: execFileSync(join(bin, "python"), ["-c", code], { encoding: "utf8" }).trim(), bin };
}

/** Runs the tests with one version; the lines of alarm are those of every program that they started. */
function run({ version, bin }) {
  const [report, log] = ["json", "log"].map((kind) => join(CACHE, `${version}.${kind}`));
  for (const file of [report, log]) rmSync(file, { force: true });
  const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...TESTS];
  spawnSync(process.execPath, [...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, VITRINE_TEST_PREFECT: bin, VITRINE_TEST_PREFECT_LOG: log },
  });
  const { numPassedTests: passed = 0, numTotalTests: total = 0 } = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8"))
    : {};
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  return { version, passed, total, alarms: lines.filter((line) => ALARM.test(line)) };
}

mkdirSync(CACHE, { recursive: true });
const only = process.argv[2];
const results = VERSIONS.filter(([requested]) => !only || requested === only).map((each) => run(install(each)));

console.log("\nPrefect    tests");
for (const { version, passed, total } of results) console.log(`${version.padEnd(9)}  ${passed} of ${total}`);
for (const { version, alarms } of results) {
  console.log(`\nWarnings and errors of ${version}`);
  const counts = new Map();
  for (const line of alarms) {
    const text = line.replace(/^[\d:.]+ +\| /, "").replace(/'[a-z]+-[a-z]+'/g, "'…'");
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const [text, count] of counts) console.log(`${String(count).padStart(4)} × ${text}`);
}
process.exitCode = results.every(({ passed, total }) => total > 0 && passed === total) ? 0 : 1;
