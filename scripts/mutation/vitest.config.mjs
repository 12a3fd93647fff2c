import { dirname, relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import base from "../../vitest.config.ts";

const scope = process.env.MUTATION_SCOPE ?? "formats";
const tests = process.env.MUTATION_TESTS ?? `${scope}/`;

/** Runs the tests nearest to the mutated file first: a mutant is found by the first test that fails. */
class NearestFirst extends BaseSequencer {
  async sort(files) {
    const mutated = process.env.MUTATION_FILE;
    if (!mutated) return files;
    const own = mutated.replace(/\.ts$/, ".test.ts");
    const distance = ({ moduleId }) => {
      const path = relative(process.cwd(), moduleId);
      return path === own ? 0 : relative(dirname(mutated), dirname(path)).split("/").length;
    };
    return files.toSorted((a, b) => distance(a) - distance(b));
  }
}

/** A mutant is tried against the tests of its own folder. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`${tests}**/*.test.ts`, `${tests}*.test.ts`],
    // Tests that bound milliseconds or memory: instrumented code is slower and larger.
    exclude: [...(base.test?.exclude ?? []), "**/event-loop.test.ts", "**/uploads.test.ts"],
    // A mutant may change what a module does when it is imported.
    isolate: true,
    // Only the tests of server/ use a database.
    globalSetup: scope === "server" ? base.test?.globalSetup : [],
    // Random tests draw the same values in each run, so that a score can be compared with the one before.
    setupFiles: ["scripts/mutation/seed.mjs", "scripts/mutation/processes.mjs"],
    sequence: { sequencer: NearestFirst },
  },
});
