import { spawnSync } from "node:child_process";

/** Runs `npm test` with several versions of Node.js, taken from the npm package `node`: node scripts/test-node.mjs 22 24 */
const versions = process.argv.length > 2 ? process.argv.slice(2) : ["22", "24", "26"];

const results = versions.map((version) => {
  console.log(`\n══ Node.js ${version}`);
  const args = ["--yes", "--package", `node@${version}`, "--", "node", "scripts/test.mjs"];
  const { status } = spawnSync("npx", args, { stdio: "inherit", shell: process.platform === "win32" });
  return { version, passed: status === 0 };
});
console.log("");
for (const { version, passed } of results) console.log(`Node.js ${version}: ${passed ? "passed" : "failed"}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
