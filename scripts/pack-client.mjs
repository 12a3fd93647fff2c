import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./sources.mjs";

const FOLDERS = ["client", "contract"];
const ROUTER = join("server", "routers", "app-router.d.ts");

/**
 * Writes the package `vitrine-client` into a folder: the client and the contract as JavaScript with their types, and
 * the router's type, flat. Nothing of the server, of Next.js or of Drizzle comes along.
 * @param {string} out the folder, which is made anew
 */
export function packClient(out) {
  rmSync(out, { recursive: true, force: true });
  const emitted = join(out, ".emitted");
  emit(emitted);
  for (const file of [...FOLDERS.flatMap((folder) => filesIn(emitted, folder)), ROUTER]) {
    const text = readFileSync(join(emitted, file), "utf8");
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), resolvable(file === ROUTER ? flat(text) : text, file));
  }
  rmSync(emitted, { recursive: true });
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
  cpSync(join(ROOT, "client", "README.md"), join(out, "README.md"));
  cpSync(join(ROOT, "LICENSE"), join(out, "LICENSE"));
}

function emit(outDir) {
  mkdirSync(outDir, { recursive: true });
  const config = join(outDir, "tsconfig.json");
  const typeRoots = [join(ROOT, "node_modules", "@types")];
  const written = { noEmit: false, incremental: false, declaration: true, rootDir: ROOT, outDir };
  // That the types hold is what `npm run check` says.
  const compilerOptions = { ...written, noCheck: true, typeRoots };
  const files = ["client/connect.ts", "client/node.ts", "server/routers/app-router.ts"].map((file) => join(ROOT, file));
  const extended = join(ROOT, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ extends: extended, compilerOptions, include: [], files }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", config], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error("The types of the client could not be written.");
}

/** The router's type without the server: what a procedure gets beside its input is no caller's business. */
function flat(text) {
  const [router] = text.split(/^(?:\/\*\*[^\n]*\*\/\n)?export declare const callerOf/m);
  return router.replaceAll('import("./context").Context', "object");
}

/** With every import of the project's own files as Node and `nodenext` resolve it. */
function resolvable(text, file) {
  return text.replace(/(\bfrom |\bimport\(|\bimport )"([#.][^"]*)"/g, (_, before, specifier) => {
    const target = specifier.startsWith("#") ? specifier.slice(1) : join(dirname(file), specifier);
    const path = relative(dirname(file), target).replaceAll("\\", "/");
    return `${before}"${path.startsWith(".") ? path : `./${path}`}.js"`;
  });
}

function filesIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function manifest() {
  const read = (...path) => JSON.parse(readFileSync(join(ROOT, ...path, "package.json"), "utf8"));
  const { version, license, engines, devDependencies } = read();
  const { peerDependencies } = read("node_modules", "@trpc", "client");
  const entry = (path) => ({ types: `./${path}.d.ts`, default: `./${path}.js` });
  return {
    name: "vitrine-client",
    version,
    description: "Publish and read versioned artifacts of workflows: the typed client of Vitrine.",
    license,
    type: "module",
    engines,
    sideEffects: false,
    exports: {
      ".": entry("client/connect"),
      "./node": entry("client/node"),
      "./contract/*": entry("contract/*"),
      "./package.json": "./package.json",
    },
    files: [...FOLDERS, "server"],
    dependencies: { "@trpc/client": `^${devDependencies["@trpc/client"]}`, zod: `^${devDependencies.zod}` },
    // Those of @trpc/client, of the same range as it.
    peerDependencies: { ...peerDependencies, "@trpc/server": `^${peerDependencies["@trpc/server"]}` },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  packClient(resolve(process.argv[2] ?? join(ROOT, "dist", "client")));
}
