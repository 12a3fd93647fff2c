import { spawn } from "node:child_process";
import { pagePath } from "../artifacts/page-path";
import { findRow, parseReference, REFERENCE_HELP } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";

export const open = command({
  name: "open",
  summary: "Open Vitrine in the browser",
  synopsis: "[key[@version]|id]",
  argCount: [0, 1],
  complete: ["key"],
  options: {},
  details: `Opens the list of artifacts, or the page of a key or version. Prints the URL in any case.\n\n${REFERENCE_HELP}`,
  async run({ args: [arg], connection, output, env }) {
    const url = `${connection.url}${arg === undefined ? "/artifacts" : await pathOf(connection, arg)}`;
    const opened = await openBrowser(env.browser, url);
    await output.result({ url, opened }, () => url);
    if (!opened) output.note("Cannot start a browser. Open the URL yourself.");
  },
});

async function pathOf(connection: Connection, arg: string): Promise<string> {
  const reference = parseReference(arg);
  const row = await findRow(connection, reference);
  return pagePath(row, "id" in reference || "version" in reference);
}

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Starts a browser that outlives this process; false if that fails. */
function openBrowser(browser: string | undefined, url: string): Promise<boolean> {
  const [program = "", ...args] = browser ? [browser] : (OPENERS[process.platform] ?? ["xdg-open"]);
  const child = spawn(program, [...args, url], { detached: true, stdio: "ignore" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
