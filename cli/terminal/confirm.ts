import { createInterface } from "node:readline/promises";
import type { Surroundings } from "../runtime/command";
import { refused } from "./error";

/**
 * Asks before something is taken away. `--yes` answers for itself.
 * @throws Failure (refused) on "no", and where there is nobody to ask
 */
export async function confirm(
  { report, interruption }: Pick<Surroundings, "report" | "interruption">,
  yes: boolean,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!report.interactive) throw refused(`${question} Nobody is here to answer: add --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: interruption.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw refused("Nothing was done.");
  } finally {
    terminal.close();
  }
}
