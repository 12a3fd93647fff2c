import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, inject } from "vitest";

/** Extends mutation tests to the processes that a test starts: the mutant is active there, and what they run is covered. */
if (inject("mode") === "mutant") {
  process.env.__STRYKER_ACTIVE_MUTANT__ = inject("activeMutant");
} else {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-mutation-"));
  process.env.MUTATION_COVERAGE = folder;
  process.env.NODE_OPTIONS = `--import=${fileURLToPath(new URL("./coverage.mjs", import.meta.url))}`;
  afterAll(() => {
    const namespace = globalThis.__stryker__;
    namespace.mutantCoverage ??= { static: {}, perTest: {} };
    const covered = namespace.mutantCoverage.static;
    for (const name of readdirSync(folder)) {
      for (const [mutant, hits] of Object.entries(JSON.parse(readFileSync(join(folder, name), "utf8")))) {
        covered[mutant] = (covered[mutant] ?? 0) + hits;
      }
    }
    rmSync(folder, { recursive: true });
  });
}
