import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { failedError, usageError } from "./error";

/**
 * Opens a text in an editor and passes the edited text to `save`. The temporary file is removed once that succeeds, and
 * otherwise stays, so that no text is lost.
 * @param editor a shell command, from VISUAL or EDITOR
 * @throws CliError if there is no editor or it exits with an error
 */
export async function editText(
  before: { text: string; name: string },
  editor: string | undefined,
  save: (text: string, file: string) => Promise<void>,
): Promise<void> {
  if (!editor) throw usageError("No editor found: set EDITOR, or use --data, --description or --metadata.");
  const file = join(await mkdtemp(join(tmpdir(), "vitrine-edit-")), before.name);
  await writeFile(file, before.text, { mode: 0o600 });
  await runEditor(editor, file);
  await save(await readFile(file, "utf8"), file);
  await rm(dirname(file), { recursive: true, force: true });
}

/** The shell parses `editor`, which may have options; the file name is an argument that it does not parse. */
async function runEditor(editor: string, file: string): Promise<void> {
  const child =
    process.platform === "win32"
      ? spawn(`${editor} "${file}"`, { stdio: "inherit", shell: true })
      : spawn("sh", ["-c", `${editor} "$1"`, editor, file], { stdio: "inherit" });
  // Ctrl-C is for the editor.
  process.on("SIGINT", ignoreSignal);
  const [code] = await once(child, "close").finally(() => process.off("SIGINT", ignoreSignal));
  if (code !== 0) throw failedError(`The editor (${editor}) exited with ${code}. Your text is in ${file}.`);
}

function ignoreSignal(): void {}
