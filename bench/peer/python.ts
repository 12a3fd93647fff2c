import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { FOLDER, log } from "../harness/postgres";

export const PREFECT_VERSION = "3.8.8";

/** The oldest FastAPI that it accepts: it does not start with the newest one that it accepts. */
const PINNED = ["fastapi==0.139.2"];

const VENV = join(FOLDER, `prefect-${PREFECT_VERSION}`);

/** The path of the `prefect` command in a virtual environment of its own, created if missing. */
export async function prefectCommand(): Promise<string> {
  const command = join(VENV, "bin", "prefect");
  if (existsSync(command)) return command;
  log(`Installing Prefect ${PREFECT_VERSION} into a virtual environment …`);
  const run = promisify(execFile);
  await run("python3", ["-m", "venv", VENV]);
  await run(join(VENV, "bin", "pip"), ["install", "--quiet", `prefect==${PREFECT_VERSION}`, ...PINNED]);
  return command;
}

/** Environment variables that keep its files in .bench/ and turn telemetry off. */
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

export function migratePrefect(command: string, databaseUrl: string): void {
  const env = { ...process.env, ...prefectEnv(databaseUrl) };
  execFileSync(command, ["server", "database", "upgrade", "--yes"], { env, stdio: ["ignore", "ignore", "inherit"] });
}
