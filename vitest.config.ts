import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const absolute = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Factor for the number of runs of random tests; above 1 the long tests run too. See test:long in package.json.
const runs = Number(process.env.VITRINE_TEST_RUNS || 1);

/** The files that take longest, of which no worker should be left with one at the end. */
const LONGEST = [
  ...["test/prefect/flows", "cli/prefect/prefect", "server/rest/prefect", "server/reach", "server/main"],
  ...["examples/examples", "client/package", "cli/package", "server/event-loop", "server/killed-start"],
  ...["server/path-faults", "server/long-work-faults", "server/random-faults", "server/restart", "server/http/backup"],
  ...["db/migrate", "bench/plans", "server/models/race", "server/models/query/related"],
].map((path) => absolute(`./${path}.test.ts`));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.includes(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: [
      ...["**/node_modules/**", ".mutation/**", ".prefect/**", ".openapi/**", "e2e/**", "dist/**", ".next/**"],
      ...(runs > 1 ? [] : ["**/*.long.test.ts"]),
    ],
    globalSetup: [absolute("./test/setup/database.ts"), absolute("./test/setup/programs.ts")],
    setupFiles: [absolute("./test/setup/imports.ts")],
    provide: {
      runs,
      prefect: {
        bin: process.env.VITRINE_TEST_PREFECT || absolute("./.prefect/bin"),
        log: process.env.VITRINE_TEST_PREFECT_LOG || null,
      },
    },
    // More than cores: tests of servers wait, for processes, timeouts and messages.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Importing the server anew for each file takes half of the time; state is in databases and servers of each file's own.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
