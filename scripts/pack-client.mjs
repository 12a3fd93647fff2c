import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { NOTICES, writeNotices } from "./notices.mjs";
import { ROOT } from "./sources.mjs";

const FOLDERS = ["client", "contract"];
const ROUTER = join("server", "routers", "app-router.d.ts");

/**
 * Writes the package `vitrine-client` into a folder: the client and the contract as JavaScript with types, and the
 * type of the router. Nothing else of the server, and nothing of Next.js or Drizzle.
 * @param {string} out the folder; its content is replaced
 */
export function packClient(out) {
  rmSync(out, { recursive: true, force: true });
  const emitted = join(out, ".emitted");
  emit(emitted);
  for (const file of [...FOLDERS.flatMap((folder) => filesIn(emitted, folder)), ROUTER]) {
    const text = readFileSync(join(emitted, file), "utf8");
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), resolveImports(asPublished(file, text), file));
  }
  rmSync(emitted, { recursive: true });
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
  cpSync(join(ROOT, "client", "README.md"), join(out, "README.md"));
  cpSync(join(ROOT, "LICENSE"), join(out, "LICENSE"));
}

function emit(outDir) {
  mkdirSync(outDir, { recursive: true });
  const config = join(outDir, "tsconfig.json");
  const compilerOptions = {
    noEmit: false,
    incremental: false,
    declaration: true,
    rootDir: ROOT,
    outDir,
    // `npm run check` has checked the types.
    noCheck: true,
    typeRoots: [join(ROOT, "node_modules", "@types")],
    // With `#*` alone, declarations would name packages by `#node_modules/…`.
    paths: Object.fromEntries(topFolders().map((name) => [`#${name}/*`, [join(ROOT, name, "*")]])),
  };
  const files = ["client/connect.ts", "client/node.ts", "server/routers/app-router.ts"].map((file) => join(ROOT, file));
  const extended = join(ROOT, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ extends: extended, compilerOptions, include: [], files }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", config], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error("tsc failed to emit the client package.");
}

function topFolders() {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name) && entry.name !== "node_modules")
    .map(({ name }) => name);
}

function asPublished(file, text) {
  if (file === ROUTER) return routerType(text);
  return file.startsWith("contract") && file.endsWith(".d.ts") ? withAliases(text) : text;
}

/** Interfaces as type aliases: of those alone tRPC sees that they are JSON, and keeps their names in outputs. */
function withAliases(text) {
  const declaration = /^export interface (\w+(?:<[^>{]*>)?)(?: extends ([^{]+?))? \{\n(.*?)^\}$/gms;
  return text.replace(declaration, (_, name, bases, body) => {
    const parents = bases ? bases.split(/,(?![^<]*>)/).map((base) => `${base.trim()} & `) : [];
    return `export type ${name} = ${parents.join("")}{\n${body}};`;
  });
}

/**
 * The declaration of the router without those of the server: callers see neither its context nor its metadata. Editors
 * display the comments and the names of inputs, which the compiler leaves out of inferred types.
 */
function routerType(text) {
  const [router] = text.split(/^(?:\/\*\*[^\n]*\*\/\n)?export declare const createCaller/m);
  const [, errorShape] = /^ {4}errorShape: (\{.*?^ {4}\});$/ms.exec(router);
  const short = router
    .replace(/import\("\.\/(?:context|trpc)"\)\.(?:Context|Meta)/g, "object")
    .replace(/<import\("[^"]*\/(?:raw-json"\)\.RawJson|json"\)\.Json)>/g, "")
    .replace(/^( *)errorShape: \{.*?^\1\};$/gms, "$1errorShape: ErrorShape;");
  return `interface ErrorShape ${errorShape.replaceAll("\n    ", "\n")}\n\n${withComments(short)}`;
}

/** Adds the comments and the names of inputs of `client/procedures.ts` to the type of the router. */
function withComments(router) {
  const source = readFileSync(join(ROOT, "client", "procedures.ts"), "utf8");
  const documented = new Map();
  for (const [, noun, body] of source.matchAll(/^export interface (\w+)Procedures \{\n(.*?)^\}/gms)) {
    const member = /^ {2}(?<comment>\/\*\*(?:(?!\*\/).)*\*\/)\n {2}readonly (?<name>\w+): \w+<(?<input>\w+)/gms;
    for (const { groups } of body.matchAll(member)) documented.set(`${noun.toLowerCase()}.${groups.name}`, groups);
  }
  const procedure =
    /^ {8}(\w+): (import\("@trpc\/server"\)\.TRPC\w+Procedure<\{\n)( {12}input: .*?;\n)(?= {12}output: )/gms;
  return router.replace(/^ {4}(\w+): import\(.*?^ {4}\}>>;$/gms, (routes, noun) =>
    routes.replace(procedure, (unchanged, name, start, input) => {
      const known = documented.get(`${noun.toLowerCase()}.${name}`);
      if (!known) return unchanged;
      const type = `import("#client/procedures").${known.input}`;
      const named = known.input.endsWith("Input")
        ? `            input: ${type}${/\| undefined;\n$/.test(input) ? " | undefined" : ""};\n`
        : input;
      return `        ${known.comment.replaceAll("\n", "\n      ")}\n        ${name}: ${start}${named}`;
    }),
  );
}

/** Rewrites imports of own files to relative paths with extensions, which Node and `nodenext` resolve. */
function resolveImports(text, file) {
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
    files: [...FOLDERS, "server", NOTICES],
    dependencies: { "@trpc/client": `^${devDependencies["@trpc/client"]}`, zod: `^${devDependencies.zod}` },
    // The same as those of @trpc/client, but a service in JavaScript needs no compiler.
    peerDependencies: { ...peerDependencies, "@trpc/server": `^${peerDependencies["@trpc/server"]}` },
    peerDependenciesMeta: { typescript: { optional: true } },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const out = resolve(process.argv[2] ?? join(ROOT, "dist", "client"));
  packClient(out);
  await writeNotices(FOLDERS, join(out, NOTICES));
}
