import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const absolute = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Factor for the number of runs of random tests; above 1 the long tests run too. See test:long in package.json.
const runs = Number(process.env.VITRINE_TEST_RUNS || 1);

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: [
      ...["**/node_modules/**", ".mutation/**", ".prefect/**", ".openapi/**", "e2e/**", "dist/**", ".next/**"],
      ...(runs > 1 ? [] : ["**/*.long.test.ts"]),
    ],
    globalSetup: [absolute("./test/setup/database.ts"), absolute("./test/setup/programs.ts")],
    provide: {
      runs,
      prefect: {
        bin: process.env.VITRINE_TEST_PREFECT || absolute("./.prefect/bin"),
        log: process.env.VITRINE_TEST_PREFECT_LOG || null,
      },
    },
    maxWorkers: 2,
    // Importing the server anew for each file takes half of the time; state is in databases and servers of each file's own.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
