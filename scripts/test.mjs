import { startChecks } from "./check.mjs";
import { playwright, run, step, summary, timed, vitest } from "./stage.mjs";

const { types, all } = startChecks();
// Mostly on one core, so beside the checks; but it writes types that the check of types reads.
const building = types.then(() => timed(null, () => step("build", run("scripts/build.mjs", [], { title: "Build" }))));
const checks = await all;
const build = await building;
const stages = [...checks, build];
if (checks.every(({ failed }) => failed === 0)) {
  stages.push(
    await timed("Unit, property and integration tests", () => vitest("vitest", ["--exclude", "test/architecture/**"])),
  );
  if (build.failed === 0) {
    stages.push(await timed("Browser", () => playwright("browser", ["--project=pages"])));
    stages.push(await timed("Responsiveness of pages", () => playwright("responsiveness", ["--project=measures"])));
  }
} else {
  console.log("\nNo tests were run because a check failed. Fix it first; npm run check repeats the checks only.");
}
process.exitCode = summary(stages) ? 0 : 1;
