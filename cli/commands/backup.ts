import { formatBytes, formatCount, pluralize } from "#formats/number";
import { writeBackup } from "../backup/write";
import { command } from "../runtime/command";
import { usageError } from "../terminal/error";

export const backup = command({
  name: "backup",
  summary: "Back up everything to a file",
  synopsis: "<file>",
  argCount: [1, 1],
  complete: ["file"],
  options: {
    files: {
      type: "string",
      value: "MODE",
      help: "What to do with files: copy (default), or skip, which only names them",
      complete: ["copy", "skip"],
    },
  },
  details: `The backup is a consistent snapshot of all versions with their exact data, the trash, runs, counters and
idempotency keys. Others can keep publishing. Until it is complete, the file is named <file>.part; to continue after an
interruption, run the command again. Requires the role admin.`,
  async run({ args: [file = ""], values, connection, output }) {
    const { files = "copy" } = values;
    if (files !== "copy" && files !== "skip") throw usageError(`Invalid --files "${files}": use copy, skip.`);
    const bar = output.progress("Backing up", null);
    const backup = await writeBackup(connection.fetch, { file, files }, (rows, total) =>
      bar.update(rows, total),
    ).finally(() => bar.end());
    await output.result(
      backup,
      () =>
        `${file}: ${describeRows(backup.counts)}, ${formatBytes(backup.bytes)}${backup.resumed ? " (continued after an interruption)" : ""}`,
    );
  },
});

/** The rows of a backup: `26 versions of 7 keys, 4 in the trash`. */
export function describeRows(counts: { [table: string]: number }): string {
  const { artifact = 0, artifact_trash: trash = 0, artifact_collection: keys = 0 } = counts;
  return `${pluralize(artifact, "version")} of ${pluralize(keys, "key")}, ${formatCount(trash)} in the trash`;
}
