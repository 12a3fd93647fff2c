import { pluralize } from "#formats/number";
import { command } from "../runtime/command";
import { EXIT } from "../terminal/error";

export const doctor = command({
  name: "doctor",
  summary: "Check the database for inconsistencies",
  synopsis: "",
  argCount: [0, 0],
  options: {},
  details: "Prints each violation and exits with 1 if there are any. Requires the role admin.",
  async run({ connection, output }) {
    const { admin } = connection.vitrine;
    const [violations, { pooler, note }] = await Promise.all([admin.doctor.query(), admin.database.query()]);
    if (note) output.note(note);
    await output.result({ violations, pooler }, () =>
      [
        ...violations.map(({ law, key, problem }) => `law ${law}  ${key}  ${problem}`),
        violations.length === 0 ? "No violations found." : `${pluralize(violations.length, "violation")} found.`,
      ].join("\n"),
    );
    if (violations.length > 0) process.exitCode = EXIT.failed;
  },
});
