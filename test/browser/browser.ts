import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type LaunchOptions } from "@playwright/test";

/** The headless shell, which takes a third less time, is what Playwright's own download is. */
const COMMANDS = [
  ...["chromium-headless-shell", "chromium", "chromium-browser"],
  ...["google-chrome", "google-chrome-stable", "chrome.exe"],
];
const OTHER_PATHS = [
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const NO_BROWSER =
  "No browser found. Run npx playwright install chromium, or install Chromium with your package manager.";

/** Launches Playwright's own Chromium if installed, else the system's. Throws when there is none. */
export function launchOptions(): LaunchOptions {
  const isBundled = existsSync(chromium.executablePath());
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = [...folders.flatMap((folder) => COMMANDS.map((name) => join(folder, name))), ...OTHER_PATHS];
  const executablePath = isBundled ? undefined : installed.find((path) => existsSync(path));
  if (!isBundled && !executablePath) throw new Error(NO_BROWSER);
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return {
    ...(executablePath ? { executablePath } : {}),
    // Without a locale of UTF-8 it saves a file under a name of ASCII.
    env: { ...process.env, LC_ALL: "C.UTF-8" },
    // Without a GPU, Chromium composes pages with less work where it does not emulate one.
    args: [
      ...sandbox,
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  };
}
