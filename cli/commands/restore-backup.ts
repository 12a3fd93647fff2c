import { stat } from "node:fs/promises";
import { formatBytes, formatCount, pluralize } from "#formats/number";
import { restoreFile } from "../backup/restore";
import { command } from "../runtime/command";
import { EXIT } from "../terminal/error";
import { withSteps } from "../terminal/progress";
import { describeRows } from "./backup";

export const restoreBackup = command({
  name: "restore-backup",
  summary: "Restore a backup into an empty instance",
  synopsis: "<file>",
  argCount: [1, 1],
  options: {},
  complete: ["file"],
  details: `Checks the file first: an incomplete or altered file is rejected, and so is an instance that is not empty. Restores
everything or nothing, to the embedded or any other PostgreSQL. To continue after an interruption, run the command
again. Requires the role admin.`,
  async run({ args: [file = ""], connection, output }) {
    const { size } = await stat(file);
    const restored = await withSteps(output, (update) =>
      restoreFile(connection, file, size, (step, done, total) =>
        update(step, done, total, step === "Restoring" ? formatCount : formatBytes),
      ),
    );
    const { counts, violations } = restored;
    await output.result(restored, () => {
      if (!counts) return `${file} has already been restored. Nothing was changed.`;
      const problems = violations > 0 ? ` vitrine doctor finds ${pluralize(violations, "violation")}.` : "";
      return `Restored ${describeRows(counts)}.${problems}`;
    });
    if (violations > 0) process.exitCode = EXIT.failed;
  },
});
