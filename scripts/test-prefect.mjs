import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { ROOT } from "./sources.mjs";

/** Versions of Prefect, with the releases of its dependencies that it needs and does not ask for. */
const VERSIONS = [
  ["3.0.*", "pydantic<2.11", "fastapi<0.116", "starlette<0.42"],
  ["3.4.*", "fastapi<0.120", "importlib_metadata"],
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

/** A line without what differs from run to run: time, names, ids and counts. */
function mask(line) {
  return line
    .replace(/^[\d:.]+ +\| /, "")
    .replace(/'[a-z]+(?:-[a-z]+)+'/g, "'…'")
    .replace(/'(\w+)-[0-9a-f]{3}'/g, "'$1-…'")
    .replace(/\d+ items/, "… items");
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** @returns {Promise<Set<string>>} the lines of alarm that the same programs print with Prefect's own server */
async function alarmsAtPrefect({ version, bin }) {
  console.log(`Running the flows with the server of Prefect ${version}…`);
  const home = mkdtempSync(join(tmpdir(), "prefect-"));
  const port = await freePort();
  const api = `http://127.0.0.1:${port}/api`;
  const env = {
    ...process.env,
    PREFECT_HOME: home,
    PREFECT_LOCAL_STORAGE_PATH: join(home, "storage"),
    DO_NOT_TRACK: "1",
  };
  const server = spawn(join(bin, "prefect"), ["server", "start", "--port", String(port)], { env, stdio: "ignore" });
  const isReady = () =>
    fetch(`${api}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; tries < 240 && !(await isReady()); tries++) await after(500);
  const folder = join(ROOT, "test", "prefect");
  const flows = readdirSync(join(folder, "flows")).map((name) => name.replace(/\.py$/, ""));
  const names = flows.filter((name) => !name.startsWith("_") && name !== "served");
  const options = { env: { ...env, PREFECT_API_URL: api }, encoding: "utf8" };
  const programs = [
    [join(folder, "flows"), ...names],
    ...["outside", "flow"].map((part) => [join(folder, "client.py"), part]),
  ];
  const outputs = programs.map((args) => spawnSync(join(bin, "python"), args, options).stderr);
  server.kill("SIGTERM");
  await once(server, "exit");
  rmSync(home, { recursive: true, force: true });
  const lines = outputs.join("\n").split("\n");
  return new Set(lines.filter((line) => ALARM.test(line)).map(mask));
}

/** Runs the tests with one version; the lines of alarm are those of every program that they started. */
async function run({ version, bin }) {
  const [report, log] = ["json", "log"].map((kind) => join(CACHE, `${version}.${kind}`));
  for (const file of [report, log]) rmSync(file, { force: true });
  const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...TESTS];
  spawnSync(process.execPath, [...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, VITRINE_TEST_RUNS: "2", VITRINE_TEST_PREFECT: bin, VITRINE_TEST_PREFECT_LOG: log },
  });
  const { numPassedTests: passed = 0, numTotalTests: total = 0 } = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8"))
    : {};
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  const known = await alarmsAtPrefect({ version, bin });
  const alarms = lines.filter((line) => ALARM.test(line)).map(mask);
  return { version, passed, total, alarms: alarms.filter((line) => !known.has(line)) };
}

mkdirSync(CACHE, { recursive: true });
const only = process.argv[2];
const results = [];
for (const each of VERSIONS.filter(([requested]) => !only || requested === only))
  results.push(await run(install(each)));

console.log("\nPrefect    tests");
for (const { version, passed, total } of results) console.log(`${version.padEnd(9)}  ${passed} of ${total}`);
for (const { version, alarms } of results) {
  console.log(`\nWarnings and errors of ${version} that its own server does not cause: ${alarms.length || "none"}`);
  const counts = new Map();
  for (const text of alarms) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const [text, count] of counts) console.log(`${String(count).padStart(4)} × ${text}`);
}
process.exitCode = results.every(({ passed, total }) => total > 0 && passed === total) ? 0 : 1;
