import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { FOLDER, tell } from "../harness/postgres";

/** The Prefect that is measured. */
export const PREFECT = "3.8.8";

/** What it is measured on: the oldest FastAPI that it takes, since it does not start on the newest that it takes. */
const BESIDE = ["fastapi==0.139.2"];

const VENV = join(FOLDER, `prefect-${PREFECT}`);

/** The `prefect` command of a virtual environment of its own, made where it is missing. */
export async function prefectCommand(): Promise<string> {
  const command = join(VENV, "bin", "prefect");
  if (existsSync(command)) return command;
  tell(`Installing Prefect ${PREFECT} into a virtual environment of its own …`);
  const run = promisify(execFile);
  await run("python3", ["-m", "venv", VENV]);
  await run(join(VENV, "bin", "pip"), ["install", "--quiet", `prefect==${PREFECT}`, ...BESIDE]);
  return command;
}

/** Its environment: everything it keeps lies with the benchmarks, nothing is sent anywhere. */
export function prefectEnv(databaseUrl: string): Record<string, string> {
  return {
    PREFECT_HOME: join(FOLDER, "prefect-home"),
    PREFECT_API_DATABASE_CONNECTION_URL: databaseUrl,
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
    PREFECT_SERVER_LOGGING_LEVEL: "WARNING",
    PREFECT_SERVER_UI_ENABLED: "false",
    PREFECT_API_URL: "",
    DO_NOT_TRACK: "1",
  };
}

/** Makes or updates Prefect's own tables. */
export function migratePrefect(command: string, databaseUrl: string): void {
  const env = { ...process.env, ...prefectEnv(databaseUrl) };
  execFileSync(command, ["server", "database", "upgrade", "--yes"], { env, stdio: ["ignore", "ignore", "inherit"] });
}
