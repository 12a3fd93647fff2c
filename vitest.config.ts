import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const absolute = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".prefect/**", "e2e/**", "dist/**", ".next/**"],
    globalSetup: [absolute("./test/database-setup.ts")],
    // Factor for the number of runs of random tests, see test:long in package.json.
    provide: { runs: Number(process.env.VITRINE_TEST_RUNS || 1) },
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
