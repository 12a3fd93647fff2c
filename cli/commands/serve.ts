import { command } from "../runtime/command";
import { setServerEnv } from "../runtime/env";
import { usageError } from "../terminal/error";
import { stopWithNpm } from "../terminal/npm";

export const serve = command({
  name: "serve",
  summary: "Starts Vitrine, with its data in .vitrine/ of this folder",
  synopsis: "",
  takes: [0, 0],
  options: {
    port: { type: "string", short: "p", value: "PORT", help: "the port; else PORT, else 4400" },
    host: { type: "string", value: "ADDRESS", help: "the address; else VITRINE_HOST, else 127.0.0.1" },
    data: { type: "string", value: "FOLDER", help: "the data folder; else VITRINE_DATA, else .vitrine" },
    "no-pages": { type: "boolean", default: false, help: "only the API, without the pages" },
  },
  help: "Everything else is configured by environment variables, as the README lists them. Ctrl-C stops all of it.",
  async run({ values, interruption, env }) {
    if (values.json) throw usageError("serve writes a log and has no --json; ask /api/ready whether it is up.");
    interruption.release();
    stopWithNpm(env.underNpm);
    setServerEnv({ PORT: values.port, VITRINE_HOST: values.host, VITRINE_DATA: values.data });
    // In this same process, so that whoever stops it stops everything. It reads --no-pages by itself.
    await import(new URL("main.js", import.meta.url).href);
  },
});
