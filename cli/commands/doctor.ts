import { pluralize } from "#formats/number";
import { command } from "../runtime/command";
import { EXIT } from "../terminal/error";

export const doctor = command({
  name: "doctor",
  summary: "Checks the laws of the store on the live database",
  synopsis: "",
  takes: [0, 0],
  options: {},
  help: "Prints each violation; the exit code is 1 when there is one. Needs the role admin.",
  async run({ connection, report }) {
    const violations = await connection.vitrine.admin.doctor.query();
    await report.result({ violations }, () =>
      [
        ...violations.map(({ law, key, problem }) => `law ${law}  ${key}  ${problem}`),
        violations.length === 0 ? "The store is sound: 0 violations." : `${pluralize(violations.length, "violation")}.`,
      ].join("\n"),
    );
    if (violations.length > 0) process.exitCode = EXIT.failed;
  },
});
