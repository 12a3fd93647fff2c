import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

const scope = process.env.MUTATION_SCOPE ?? "formats";

/** A mutant is tried against the tests of its own folder. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`${scope}/**/*.test.ts`],
    // Only the tests of server/ use a database.
    globalSetup: scope === "server" ? base.test?.globalSetup : [],
    // Random tests draw the same values in each run, so that a score can be compared with the one before.
    setupFiles: ["scripts/mutation/seed.mjs"],
  },
});
