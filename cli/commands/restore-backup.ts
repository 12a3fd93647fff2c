import { stat } from "node:fs/promises";
import { formatBytes, formatCount, pluralize } from "#formats/number";
import { restoreFile } from "../backup/restore";
import { command } from "../runtime/command";
import { EXIT } from "../terminal/error";
import { inSteps } from "../terminal/steps";

export const restoreBackup = command({
  name: "restore-backup",
  summary: "Restores a backup file into an empty store, all of it or nothing",
  synopsis: "<file>",
  takes: [1, 1],
  options: {},
  help: `The file is checked first; one that is cut off or was altered is refused, and so is a store that holds anything.
Embedded or any PostgreSQL, from either to either. After an interruption the same command goes on. Needs the role
admin.`,
  async run({ words: [file = ""], connection, report }) {
    const { size } = await stat(file);
    const restored = await inSteps(report, (at) =>
      restoreFile(connection, file, size, (step, done, total) =>
        at(step, done, total, step === "Restoring" ? formatCount : formatBytes),
      ),
    );
    const { counts, violations } = restored;
    await report.result(restored, () => {
      if (!counts) return `${file} was restored here before: nothing was done.`;
      const { artifact = 0, artifact_trash: trash = 0, artifact_collection: keys = 0 } = counts;
      const versions = `${pluralize(artifact, "version")} of ${pluralize(keys, "key")}, ${formatCount(trash)} in the trash`;
      return `${versions}. ${violations === 0 ? "The store is sound." : `The doctor finds ${pluralize(violations, "violation")}.`}`;
    });
    if (violations > 0) process.exitCode = EXIT.failed;
  },
});
