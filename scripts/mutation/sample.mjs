import { createHash } from "node:crypto";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** The checkers that Stryker loads from here. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, "sample", createChecker)];

/**
 * Passes a sample of all mutants and rejects the rest as if they did not compile, which leaves them out of the score.
 * The sample depends on the seed and on the mutants alone.
 */
function createChecker() {
  const size = Number(process.env.MUTATION_SAMPLE);
  const seed = process.env.MUTATION_SEED;
  const chosen = new Set();
  return {
    async init() {},
    /** Stryker passes all mutants here before it checks any. */
    async group(mutants) {
      const ranked = mutants.map((mutant) => ({ id: mutant.id, rank: rankOf(mutant, seed) }));
      ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
      for (const { id } of ranked.slice(0, size)) chosen.add(id);
      return [mutants.map(({ id }) => id)];
    },
    async check(mutants) {
      return Object.fromEntries(
        mutants.map(({ id }) => [
          id,
          chosen.has(id) ? { status: "passed" } : { status: "compileError", reason: "not in the sample" },
        ]),
      );
    },
  };
}
createChecker.inject = [];

function rankOf({ fileName, location, mutatorName, replacement }, seed) {
  const path = fileName.replaceAll("\\", "/").replace(/^.*\/(?=server\/)/, "");
  return createHash("sha256")
    .update(JSON.stringify([seed, path, location, mutatorName, replacement]))
    .digest("hex");
}
