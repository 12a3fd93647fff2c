import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs a script with the current Node.js and passes its output on.
 * @param {{ env?: Record<string, string>, title?: string }} options title: passes its output on at its end, below this
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function run(script, args = [], { env = {}, title } = {}) {
  const stdio = title ? ["ignore", "pipe", "pipe"] : "inherit";
  const child = spawn(process.execPath, [script, ...args], { stdio, env: { ...process.env, ...env } });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(chunk));
  const [code] = await once(child, "close");
  if (title) process.stdout.write(`\n── ${title}\n${Buffer.concat(output)}`);
  return code === 0;
}

/** Runs `work` with a path for its JSON report, and returns that report, or null if none was written. */
async function withReport(name, work) {
  const file = join(tmpdir(), `vitrine-${name}-${process.pid}.json`);
  const ok = await work(file);
  try {
    return { ok, report: JSON.parse(readFileSync(file, "utf8")) };
  } catch {
    return { ok, report: null };
  } finally {
    rmSync(file, { force: true });
  }
}

/** Runs Vitest. A run that fails without a failing test counts as one failure. */
export async function vitest(name, args, options) {
  const { ok, report } = await withReport(name, (file) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    return run("node_modules/vitest/vitest.mjs", ["run", ...reporters, ...args], options);
  });
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0 } = report ?? {};
  return { name, passed, failed: ok ? failed : Math.max(1, failed), skipped };
}

/** Runs Playwright. A test that passes only when repeated counts as failed. */
export async function playwright(name, args) {
  const { ok, report } = await withReport(name, (file) =>
    run("node_modules/@playwright/test/cli.js", ["test", "--reporter=list,json", ...args], {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    }),
  );
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  return { name, passed: expected, failed: ok ? flaky : Math.max(1, unexpected + flaky), skipped };
}

/** The result of a step that passes or fails as a whole. */
export async function step(name, running) {
  const ok = await running;
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** Adds its time to the result of a stage, below a title if given. */
export async function timed(title, stage) {
  if (title) console.log(`\n── ${title}`);
  const start = performance.now();
  const result = await stage();
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

/** Prints a line per stage and, as the last line, the sum. Returns whether nothing failed. */
export function summary(stages) {
  console.log("\n── Result");
  for (const { name, passed, failed, skipped, seconds } of stages) {
    const skips = skipped ? `, ${skipped} skipped` : "";
    console.log(`${name.padEnd(14)} ${passed} passed, ${failed} failed${skips}  (${seconds.toFixed(1)} s)`);
  }
  const sum = (field) => stages.reduce((total, stage) => total + stage[field], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0;
}
