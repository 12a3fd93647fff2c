import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type LaunchOptions } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];
const ELSEWHERE = [
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const NO_BROWSER =
  "There is no browser to test with: run npx playwright install chromium, or install your system's Chromium.";

/**
 * How to start a browser: Playwright's own where it is installed, else the system's Chromium.
 * @throws an error that says how to get one
 */
export function launchOptions(): LaunchOptions {
  const own = existsSync(chromium.executablePath());
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE];
  const executablePath = own ? undefined : installed.find((path) => existsSync(path));
  if (!own && !executablePath) throw new Error(NO_BROWSER);
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [...sandbox, "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  };
}
