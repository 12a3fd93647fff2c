import { createInterface } from "node:readline/promises";
import type { CommandContext } from "../runtime/command";
import { failedError } from "./error";

/**
 * Asks before something is taken away. `--yes` answers for itself.
 * @throws Failure (refused) on "no", and where there is nobody to ask
 */
export async function confirm(
  { report, interruption }: Pick<CommandContext, "report" | "interruption">,
  yes: boolean,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!report.interactive) throw failedError(`${question} Nobody is here to answer: add --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: interruption.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw failedError("Nothing was done.");
  } finally {
    terminal.close();
  }
}
