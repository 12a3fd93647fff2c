import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Loaded by each process that a test starts: writes which mutants it covered when it exits. */
process.on("exit", () => {
  const { static: covered } = globalThis.__stryker__?.mutantCoverage ?? {};
  if (covered) writeFileSync(join(process.env.MUTATION_COVERAGE, `${process.pid}.json`), JSON.stringify(covered));
});
