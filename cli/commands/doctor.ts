import { pluralize } from "#formats/number";
import { command } from "../runtime/command";
import { EXIT } from "../terminal/error";

export const doctor = command({
  name: "doctor",
  summary: "Check the database for inconsistencies",
  synopsis: "",
  argCount: [0, 0],
  options: {
    repair: { type: "boolean", default: false, help: "Make again what search finds artifacts by, where it is wrong" },
  },
  details: `Prints each violation and exits with 1 if there are any. All data is read, and compared with the hashes that were
stored when it was written, and with what search finds it by. Requires the role admin.`,
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
    const { checkSearch, repairSearch } = admin;
    for (let after: string | null | undefined; after !== null; ) {
      const batch = await (values.repair ? repairSearch.mutate({ after }) : checkSearch.query({ after }));
      violations.push(...batch.violations);
      after = batch.next;
    }
    await output.result({ violations, versions, pooler }, () =>
      [
        ...violations.map(({ law, key, problem }) => `law ${law}  ${key}  ${problem}`),
        violations.length === 0 ? "No violations found." : `${pluralize(violations.length, "violation")} found.`,
      ].join("\n"),
    );
    if (violations.length > 0) process.exitCode = EXIT.failed;
  },
});
