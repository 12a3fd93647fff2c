import { relative } from "node:path";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";

const NOTES = {
  NoCoverage: "  (no test runs it)",
  Timeout: "  (found by a timeout)",
  RuntimeError: "  (ended the test runner)",
};

/** One line about a mutant: where it is, what it writes there, and how it ended. */
export function described({ fileName, location, mutatorName, replacement, status }) {
  const text = (replacement ?? "").replace(/\s+/g, " ").slice(0, 120);
  const { start, end } = location;
  const span = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${relative(process.cwd(), fileName)}:${span} ${mutatorName} → ${text}${NOTES[status] ?? ""}`;
}

/** Prints each survivor as soon as it is known: an interrupted run has then listed what it found. */
class SurvivorReporter {
  onMutantTested(result) {
    if (result.status === "Survived" || result.status === "NoCoverage") console.log(described(result));
  }
}

/** The reporter that Stryker loads from here. */
export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "survivors", SurvivorReporter)];
