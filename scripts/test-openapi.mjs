import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./sources.mjs";

const REQUIREMENTS = join(ROOT, "test", "openapi", "requirements.txt");
const ENVIRONMENT = join(ROOT, ".openapi");
const INSTALLED = join(ENVIRONMENT, "installed");
const BIN = join(ENVIRONMENT, "bin");

/** Random requests to each operation, beside some 25,000 that go through every keyword of the schemas. */
const examples = process.argv[2] ?? "30";

const folder = mkdtempSync(join(tmpdir(), "vitrine-openapi-"));
install();
const server = await start();
try {
  await check(server.origin);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function run(program, args) {
  const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}` };
  const { status, error } = spawnSync(program, args, { cwd: folder, env, stdio: "inherit" });
  if (status === 0) return;
  console.error(error ? error.message : `${program} ${args[0]} failed.`);
  process.exitCode = 1;
}

/** Validators, a generator of clients and a fuzzer, all in Python; again when their versions change. */
function install() {
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, "utf8") === readFileSync(REQUIREMENTS, "utf8")) return;
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  run("python3", ["-m", "venv", ENVIRONMENT]);
  run(join(BIN, "pip"), ["install", "--quiet", "-r", REQUIREMENTS]);
  if (process.exitCode) process.exit();
  copyFileSync(REQUIREMENTS, INSTALLED);
}

async function start() {
  const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts", "--no-pages"], {
    cwd: ROOT,
    env: { ...process.env, PORT: "0", VITRINE_DATA: join(folder, "data"), DATABASE_URL: "", VITRINE_API_KEYS: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const origin = await new Promise((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const ready = /ready at (http:\S+)/.exec(output)?.[1];
      if (ready) resolve(ready);
    });
    ended.then(() => reject(new Error("The server did not start.")));
  });
  const stop = () => {
    child.kill();
    return ended;
  };
  return { origin, stop };
}

async function check(origin) {
  for (const [name, path] of Object.entries({ rest: "/api/openapi.json", procedures: "/api/docs/procedures.json" })) {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, await (await fetch(`${origin}${path}`)).text());
    run("openapi-spec-validator", [file]);
    run("openapi-python-client", [
      "generate",
      "--path",
      file,
      "--output-path",
      join(folder, name),
      "--fail-on-warning",
    ]);
  }
  const checks = ["--phases", "coverage,fuzzing,stateful", "--max-examples", examples, "--continue-on-failure"];
  run("schemathesis", ["run", join(folder, "rest.json"), "--url", `${origin}/api`, ...checks]);
}
