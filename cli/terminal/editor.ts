import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { failedError, usageError } from "./error";

/**
 * Opens a text in an editor, waits until it is closed, and hands on what was written. The file goes when that is taken
 * well; else it stays, so that nothing written is lost.
 * @param program what `VISUAL` or `EDITOR` says, with its own options
 * @throws Failure where there is no editor, or it ends in failure
 */
export async function editText(
  before: { text: string; name: string },
  program: string | undefined,
  take: (text: string, file: string) => Promise<void>,
): Promise<void> {
  if (!program)
    throw usageError("No editor is known: set EDITOR, or say what to change with --data and the other options.");
  const file = join(await mkdtemp(join(tmpdir(), "vitrine-edit-")), before.name);
  await writeFile(file, before.text, { mode: 0o600 });
  await runEditor(program, file);
  await take(await readFile(file, "utf8"), file);
  await rm(dirname(file), { recursive: true, force: true });
}

function ignoreSignal(): void {}

/** The shell reads the program, for it may come with options of its own; the file is never part of what it reads. */
async function runEditor(program: string, file: string): Promise<void> {
  const child =
    process.platform === "win32"
      ? spawn(`${program} "${file}"`, { stdio: "inherit", shell: true })
      : spawn("sh", ["-c", `${program} "$1"`, program, file], { stdio: "inherit" });
  // Ctrl-C is for the editor in front.
  process.on("SIGINT", ignoreSignal);
  const [code] = await once(child, "close").finally(() => process.off("SIGINT", ignoreSignal));
  if (code !== 0) throw failedError(`The editor (${program}) ended with ${code}; what you wrote is in ${file}.`);
}
