import { build } from "./build.mjs";
import { isBuilt, ROOT } from "./sources.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vitrine needs Node 20.19 or newer, and this is ${process.versions.node}: install a newer one.`);
  process.exit(1);
}

// Everything is found from the checkout, wherever the command was given.
process.chdir(ROOT);
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

if (!isBuilt()) {
  console.log("Building the interface (about 20 s, once) …");
  if (!(await build({ quiet: true }))) {
    console.error("The build failed: see above, or run npm run build.");
    process.exit(1);
  }
}

// In this same process, so that whoever stops it stops everything.
await import("../dist/main.js");
