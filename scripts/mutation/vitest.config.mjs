import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

const PURE = ["formats", "diff", "contract"];

const scope = process.env.MUTATION_SCOPE ?? "formats";
const pure = PURE.includes(scope);

/** The tests that a mutant of the scope is tried against: of the folders without a database, or of the server. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: (pure ? PURE : [scope]).map((folder) => `${folder}/**/*.test.ts`),
    globalSetup: pure ? [] : base.test?.globalSetup,
    // Random tests draw the same values in each run, so that a score can be compared with the one before.
    setupFiles: ["scripts/mutation/seed.mjs"],
  },
});
