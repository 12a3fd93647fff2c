import { z } from "zod";
import { command, LOCAL_OPTIONS } from "../runtime/command";
import { setServerEnv } from "../runtime/env";
import { EXIT, failedError } from "../terminal/error";

const Result = z.union([z.object({ applied: z.array(z.string()) }), z.object({ error: z.string() })]);

export const migrate = command({
  name: "migrate",
  summary: "Run pending migrations of the database",
  synopsis: "",
  argCount: [0, 0],
  globalOptions: LOCAL_OPTIONS,
  options: {
    data: {
      type: "string",
      value: "DIR",
      complete: "file",
      help: "Data directory (default: $VITRINE_DATA, else .vitrine)",
    },
  },
  details: `Migrates the database of DATABASE_URL, as a user who may create tables; without it, the embedded database, which
must not be in use by a server. The start of a server does the same unless VITRINE_MIGRATE is off. Running servers of
an older version keep working if the new schema is compatible with them; otherwise they can only read.`,
  async run({ values, output, interruption }) {
    // All migrations are one transaction, so that the process may exit at any time; its exit ends an embedded PostgreSQL.
    interruption.signal.addEventListener("abort", () => process.exit(EXIT.interrupted));
    setServerEnv({ VITRINE_DATA: values.data });
    const { runMigrations } = await import(new URL("migrate.js", import.meta.url).href);
    const result = Result.parse(await runMigrations((line: string) => output.note(line)));
    if ("error" in result) throw failedError(result.error);
    const { applied } = result;
    await output.result(result, () =>
      applied.length === 0 ? "No migrations are pending." : applied.map((name) => `Applied ${name}.`).join("\n"),
    );
  },
});
