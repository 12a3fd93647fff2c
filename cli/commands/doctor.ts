import type { Vitrine } from "#client/connect";
import type { FilesCheck } from "#contract/admin";
import { formatBytes, pluralize } from "#formats/number";
import { command } from "../runtime/command";
import { EXIT } from "../terminal/error";

export const doctor = command({
  name: "doctor",
  summary: "Check the database for inconsistencies",
  synopsis: "",
  argCount: [0, 0],
  options: {
    all: { type: "boolean", default: false, help: "Compare all files with the blob store, not the first 1,000" },
    repair: {
      type: "boolean",
      default: false,
      help: "Correct what search finds artifacts by, and which files are there",
    },
    "delete-orphans": {
      type: "boolean",
      default: false,
      help: "Delete files of the blob store that the database does not know, in two days",
    },
  },
  details: `Prints each violation and exits with 1 if there are any. All data is read, and compared with the hashes that were
stored when it was written, and with what search finds it by.
Files that the blob store has and the database does not know are counted; they are left by crashes, and by restores of older databases.
Delete them only if no other database uses the store. Files that the store lacks are sent again by the next push of them
after --repair. Requires the role admin.`,
  async run({ connection, output, values }) {
    const { admin } = connection.vitrine;
    const [violations, { pooler, note }] = await Promise.all([admin.doctor.query(), admin.database.query()]);
    if (note) output.note(note);
    let versions = 0;
    for (let after: string | null | undefined; after !== null; ) {
      const batch = await admin.checkData.query({ after });
      violations.push(...batch.violations);
      versions += batch.checked;
      after = batch.next;
    }
    const files = await checkFiles(connection.vitrine, values);
    violations.push(...files.violations);
    const { orphans, unnamed } = files;
    const { checkSearch, repairSearch } = admin;
    for (let after: string | null | undefined; after !== null; ) {
      const batch = await (values.repair ? repairSearch.mutate({ after }) : checkSearch.query({ after }));
      violations.push(...batch.violations);
      after = batch.next;
    }
    await output.result({ violations, versions, pooler, orphans, unnamed }, () =>
      [
        ...(orphans.count > 0 ? [orphansSentence(orphans, values["delete-orphans"])] : []),
        ...violations.map(({ law, key, problem }) => `law ${law}  ${key}  ${problem}`),
        violations.length === 0 ? "No violations found." : `${pluralize(violations.length, "violation")} found.`,
      ].join("\n"),
    );
    if (violations.length > 0) process.exitCode = EXIT.failed;
  },
});

interface Options {
  all: boolean;
  repair: boolean;
  "delete-orphans": boolean;
}

type Files = Pick<FilesCheck, "violations" | "orphans" | "unnamed">;

/** Compares files with the blob store: one batch, or all of them. */
async function checkFiles({ admin }: Vitrine, { all, repair, "delete-orphans": deletes }: Options): Promise<Files> {
  const sum: Files = { violations: [], orphans: { count: 0, bytes: 0, names: [] }, unnamed: { count: 0, bytes: 0 } };
  for (let after: string | undefined; ; ) {
    const batch = await (repair || deletes
      ? admin.repairFiles.mutate({ after, orphans: deletes })
      : admin.checkFiles.query({ after }));
    sum.violations.push(...batch.violations);
    for (const name of ["orphans", "unnamed"] as const) {
      sum[name].count += batch[name].count;
      sum[name].bytes += batch[name].bytes;
    }
    sum.orphans.names.push(...batch.orphans.names.slice(0, NAMES - sum.orphans.names.length));
    if (batch.next === null || !all) return sum;
    after = batch.next;
  }
}

/** How many orphans are named. */
const NAMES = 10;

function orphansSentence({ count, bytes, names }: Files["orphans"], isDeleted: boolean): string {
  const what = `${pluralize(count, "file")} of the blob store (${formatBytes(bytes)})`;
  const consequence = isDeleted ? "deleted in two days unless uploaded before" : "--delete-orphans deletes them";
  return [`${what} not known to the database; ${consequence}:`, ...names.map((name) => `  ${name}`)].join("\n");
}
