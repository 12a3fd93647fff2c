import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".prefect/**", "e2e/**", "dist/**", ".next/**"],
    globalSetup: [here("./test/database-setup.ts")],
    // How often random tests run, in multiples of what every test run does: see `test:long`.
    provide: { runs: Number(process.env.VITRINE_TEST_RUNS || 1) },
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
