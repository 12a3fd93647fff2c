import { relative } from "node:path";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** Prints each survivor as soon as it is known: an interrupted run has then listed what it found. */
class SurvivorReporter {
  onMutantTested({ fileName, location, mutatorName, replacement, status }) {
    if (status !== "Survived" && status !== "NoCoverage") return;
    const text = (replacement ?? "").replace(/\s+/g, " ").slice(0, 120);
    console.log(`${status} ${relative(process.cwd(), fileName)}:${location.start.line} ${mutatorName} → ${text}`);
  }
}

/** The reporter that Stryker loads from here. */
export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "survivors", SurvivorReporter)];
