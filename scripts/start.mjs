import { build } from "./build.mjs";
import { isBuilt, ROOT } from "./sources.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vitrine needs Node 20.19 or newer, and this is ${process.versions.node}: install a newer version.`);
  process.exit(1);
}

// Paths are relative to the checkout, whatever the current folder is.
process.chdir(ROOT);
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

stopWithNpm();

if (!isBuilt()) {
  console.log("Building the pages (about 20 s, once) …");
  const interrupted = () => process.exit(1);
  for (const signal of SIGNALS) process.on(signal, interrupted);
  if (!(await build({ quiet: true }))) {
    console.error("The build failed; see the errors above, or run npm run build.");
    process.exit(1);
  }
  for (const signal of SIGNALS) process.off(signal, interrupted);
}

// In this process, so that a signal to it stops everything.
await import("../dist/main.js");

/** npm sends a signal only to the shell that is our parent; the end of that shell is our signal. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 200);
  timer.unref();
}
