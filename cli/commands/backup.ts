import { formatBytes, formatCount, pluralize } from "#formats/number";
import { writeBackup } from "../backup/write";
import { command } from "../runtime/command";

export const backup = command({
  name: "backup",
  summary: "Writes the whole store into one file, as it is at one moment",
  synopsis: "<file>",
  takes: [1, 1],
  options: {},
  help: `Everything is in it, to the letter: versions with their data, the trash, runs, counters, used idempotency keys.
Others may go on publishing meanwhile. Until it is whole the file is named <file>.part; after an interruption the
same command goes on with it. Needs the role admin.`,
  async run({ words: [file = ""], connection, report }) {
    const bar = report.progress("Backing up", null);
    const written = await writeBackup(connection.fetch, file, (rows, total) => bar.at(rows, total)).finally(() =>
      bar.end(),
    );
    const { artifact = 0, artifact_trash: trash = 0, artifact_collection: keys = 0 } = written.counts;
    await report.result(written, () => {
      const versions = `${pluralize(artifact, "version")} of ${pluralize(keys, "key")}, ${formatCount(trash)} in the trash`;
      return `${file}: ${versions}, ${formatBytes(written.bytes)}${written.resumed ? ", gone on with after an interruption" : ""}`;
    });
  },
});
