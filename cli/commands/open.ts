import { spawn } from "node:child_process";
import { findRow, parseReference, REFERENCE_HELP } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";

export const open = command({
  name: "open",
  summary: "Opens the pages in the browser, at a key or version where one is named",
  synopsis: "[key[@version]|id]",
  takes: [0, 1],
  options: {},
  help: `${REFERENCE_HELP} Where no browser can be started, the address is still told.`,
  async run({ words: [word], connection, report, env }) {
    const url = `${connection.url}${word === undefined ? "/artifacts" : await pathOf(connection, word)}`;
    const opened = await started(env.browser, url);
    await report.result({ url, opened }, () => url);
    if (!opened) report.note("No browser could be started here: open the address yourself.");
  },
});

async function pathOf(connection: Connection, word: string): Promise<string> {
  const named = parseReference(word);
  const { id } = await findRow(connection, named);
  return "id" in named || "version" in named ? `/artifacts/artifact/${id}` : `/artifacts/key/${named.key}`;
}

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Whether a browser was started; it goes on when we have ended. */
function started(browser: string | undefined, url: string): Promise<boolean> {
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
