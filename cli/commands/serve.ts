import { command, GLOBAL_OPTIONS } from "../runtime/command";
import { setServerEnv } from "../runtime/env";

export const serve = command({
  name: "serve",
  summary: "Start a Vitrine server",
  synopsis: "",
  argCount: [0, 0],
  globalOptions: { help: GLOBAL_OPTIONS.help },
  options: {
    port: { type: "string", short: "p", value: "PORT", help: "Port to listen on (default: $PORT, else 4400)" },
    host: { type: "string", value: "HOST", help: "Address to bind to (default: $VITRINE_HOST, else 127.0.0.1)" },
    data: {
      type: "string",
      value: "DIR",
      complete: "file",
      help: "Data directory (default: $VITRINE_DATA, else .vitrine)",
    },
    "no-pages": { type: "boolean", default: false, help: "Serve the API without the web interface" },
  },
  details: "docs/configuration.md lists the environment variables for all other settings. Stop the server with Ctrl-C.",
  async run({ values, interruption, env }) {
    interruption.release();
    stopWithNpm(env.underNpm);
    setServerEnv({ PORT: values.port, VITRINE_HOST: values.host, VITRINE_DATA: values.data });
    // In this process, so that a signal to it stops the server. The server reads --no-pages from argv.
    await import(new URL("main.js", import.meta.url).href);
  },
});

const POLL_INTERVAL = 200;

/**
 * npm passes a signal to the shell between npm and this process, and the shell exits without passing it on: a new
 * parent process is the signal. `scripts/start.mjs` does the same.
 */
function stopWithNpm(underNpm: boolean): void {
  if (!underNpm || process.platform === "win32") return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, POLL_INTERVAL);
  timer.unref();
}
