import { createInterface } from "node:readline/promises";
import { failedError } from "./error";
import type { Interruption } from "./interruption";
import type { Output } from "./output";

/**
 * Asks before something is deleted, unless `yes`.
 * @throws CliError if the answer is no, or nobody can answer
 */
export async function confirm(
  { output, interruption }: { output: Output; interruption: Interruption },
  yes: boolean,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!output.interactive) throw failedError(`${question} To confirm without a terminal, add --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const reply = await terminal.question(`${question} [y/N] `, { signal: interruption.signal });
    if (!/^y(es)?$/i.test(reply.trim())) throw failedError("Cancelled.");
  } finally {
    terminal.close();
  }
}
