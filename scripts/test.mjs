import { checks } from "./check.mjs";
import { playwright, run, step, summary, timed, vitest } from "./stage.mjs";

const stages = await checks();
if (stages.every(({ failed }) => failed === 0)) {
  const build = await timed("Build", () => step("build", run("scripts/build.mjs")));
  stages.push(build);
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
