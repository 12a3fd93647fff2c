import { checks } from "./check.mjs";
import { playwright, run, step, summary, timed, vitest } from "./stage.mjs";

const stages = checks();
if (stages.every(({ failed }) => failed === 0)) {
  const build = timed("Build", () => step("build", run("scripts/build.mjs")));
  stages.push(build);
  stages.push(
    timed("Unit, property and integration tests", () => vitest("vitest", ["--exclude", "test/architecture/**"])),
  );
  if (build.failed === 0) {
    stages.push(timed("Browser", () => playwright("browser", ["--project=pages"])));
    stages.push(timed("Responsiveness of pages", () => playwright("responsiveness", ["--project=measures"])));
  }
} else {
  console.log("\nNo tests were run because a check failed. Fix it first; npm run check repeats the checks only.");
}
process.exitCode = summary(stages) ? 0 : 1;
