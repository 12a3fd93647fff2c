import promises, { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * A program that puts a file into the store of a folder, and kills itself before a step: before the nth call of the file
 * system. Without that step it prints all calls, as JSON.
 */
const [root = "", sha256 = "", path = "", size = "", step = ""] = process.argv.slice(2);

const calls: string[] = [];

function killedBefore(name: string, original: unknown) {
  return function (this: unknown, ...args: unknown[]) {
    calls.push(`${name} ${typeof args[0] === "string" ? args[0].slice(root.length) : ""}`.trim());
    if (calls.length === Number(step)) process.kill(process.pid, "SIGKILL");
    return typeof original === "function" ? original.apply(this, args) : undefined;
  };
}

function watch(object: object, names: string[]): void {
  for (const name of names) {
    Object.defineProperty(object, name, { value: killedBefore(name, Reflect.get(object, name)), enumerable: true });
  }
}

const handle = await open(fileURLToPath(import.meta.url));
await handle.close();
watch(Object.getPrototypeOf(handle), ["read", "writeFile", "sync", "stat"]);
watch(promises, ["mkdir", "open", "readFile", "rename", "rm", "stat", "writeFile"]);
syncBuiltinESMExports();

const { openBlobStore } = await import("#blobs/open");
const result = await openBlobStore(pathToFileURL(root).href, {}).put(sha256, { path, size: Number(size) });
console.log(JSON.stringify({ result, calls }));
