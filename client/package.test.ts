import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHttpServer } from "#test/http-server";
import { EXAMPLES } from "#test/reference/examples";
import { WHERE_EXAMPLES } from "#test/reference/where-examples";

const run = promisify(execFile);
const ROOT = process.cwd();
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");

/** What the package may import beside its own files. */
const ALLOWED = ["@trpc/client", "@trpc/server", "zod", "node:async_hooks"];

/** Code of a project that uses the package. */
const SAMPLE = `
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { type AppRouter, type Json, VitrineError } from "vitrine-client/node";
import { connect, type Vitrine } from "vitrine-client/node";
import { Key } from "vitrine-client/contract/value";
import { z } from "zod";

interface Order { city: string; orders: number; note?: string }
const rows: Order[] = [{ city: "Oslo", orders: 41 }];

const vitrine: Vitrine = connect();
const daily = vitrine.key("daily-report", z.object({ total: z.number() }));

const ids = await vitrine.run({ flow: "etl", tags: ["nightly"] }, async (run) => {
  const id: string = run.id;
  const table = await vitrine.task("load", () => vitrine.table("orders", rows, { description: "Of the day" }));
  await vitrine.link("shop", "https://shop.example/");
  await vitrine.image("dot", new Uint8Array([0x89, 0x50, 0x4e, 0x47]), { alt: "A dot" });
  await using bar = vitrine.progress("import");
  bar.set(40);
  return [id, table.flowRunId];
});
interface Tree { name: string; leaves: Tree[] }
const tree: Tree = { name: "root", leaves: [] };
await vitrine.artifact.remove.mutate({ id: (await vitrine.json("tree", tree)).id });
const data: Json = Key.parse("a-key");
const rest: unknown = await vitrine.collection.latest.query({ key: "orders" }).then(({ data }) => vitrine.json("tree", data));
await daily.publish({ total: 1 });
const total: number = (await daily.latest()).data.total;
const keys: (string | null)[] = [];
for await (const artifact of vitrine.collections.page({ sort: "KEY_ASC", limit: 2 })) keys.push(artifact.key);
const removed: number = await vitrine.trash.count.query();
const code = await vitrine.collection.latest.query({ key: "none" }).catch((error: unknown) =>
  error instanceof VitrineError ? error.code : null,
);
const failed: null | { id: string } = await connect({ url: "http://127.0.0.1:1", retries: 0, onError: () => {} }).json("a", 1);
const raw = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: vitrine.url + "/api/trpc", maxItems: 20, methodOverride: "POST" })] });
const many = await Promise.all(Array.from({ length: 45 }, () => raw.artifact.count.query()));
const created = await raw.artifact.create.mutate({ key: "raw", type: "progress", data: 40 });
const version: number | null = (await raw.artifact.read.query({ id: created.id })).version;
const rawError = await raw.collection.latest.query({ key: "none" }).catch((error: unknown) =>
  error instanceof TRPCClientError ? error.data?.code : null,
);
console.log(JSON.stringify({ version, many: many.length, rawError, linked: ids[0] === ids[1], total, keys, removed, code, failed }));

export const invalid = () => [
  // @ts-expect-error a table is not a string
  vitrine.table("orders", "text"),
  // @ts-expect-error JSON has no functions
  vitrine.json("a", { work: () => 1 }),
  // @ts-expect-error JSON has no bigint
  vitrine.table("a", [{ id: 1n }]),
  // @ts-expect-error an image needs alt text
  vitrine.image("dot", "https://a.example/dot.png", {}),
  // @ts-expect-error the schema requires a number
  daily.publish({ total: "1" }),
  // @ts-expect-error a procedure has no such field
  raw.artifact.create.mutate({ kee: "a" }),
  // @ts-expect-error a procedure has no such field
  vitrine.artifact.create.mutate({ kee: "a" }),
];
`;

let folder: string;
let typeFiles: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-package-"));
  const installed = join(folder, "node_modules", "vitrine-client");
  await mkdir(installed, { recursive: true });
  await run(process.execPath, ["scripts/pack-client.mjs", join(folder, "packed")]);
  const { stdout } = await run("npm", ["pack", "--json", join(folder, "packed"), "--pack-destination", folder]);
  const [{ filename }] = JSON.parse(stdout);
  await run("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  // Like an installation: only the packages that the manifest names.
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  await mkdir(join(folder, "node_modules", "@trpc"));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    await symlink(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "sample.ts"), SAMPLE);
  const readme = await readFile(join(installed, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  await writeFile(join(folder, "readme.ts"), blocks.join("\n"));
  const examples = [...Object.values(EXAMPLES), ...WHERE_EXAMPLES.map(({ where }) => where)];
  const start = 'import { connect } from "vitrine-client";\nconst vitrine = connect();\n';
  await writeFile(join(folder, "examples.ts"), start + examples.map((code) => `{${code}\n}\n`).join(""));
  typeFiles = await compile("nodenext", "nodenext");
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Compiles the sample, the README and the examples of the reference strictly; returns the list of files that the compiler read. */
async function compile(module: string, moduleResolution: string): Promise<string> {
  const options = {
    module,
    moduleResolution,
    target: "ES2022",
    lib: ["ES2024", "DOM"],
    strict: true,
    preserveSymlinks: true,
    types: [],
  };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { ...options, outDir: moduleResolution },
      files: ["sample.ts", "readme.ts", "examples.ts"],
    }),
  );
  const { stdout } = await run(process.execPath, [TSC, "-p", folder, "--listFiles"]).catch((error) => error);
  // @trpc/server does not compile without the types of Node; `skipLibCheck` would hide other errors too.
  const errors = stdout
    .split("\n")
    .filter((line: string) => / error TS/.test(line) && !/node_modules\/@trpc\//.test(line));
  expect(errors).toEqual([]);
  return stdout;
}

test("compiles with nodenext and bundler resolution, with the types of its dependencies only", async () => {
  const files = `${typeFiles}${await compile("esnext", "bundler")}`;
  const packages = [...files.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/g)].map(
    ([, name]) => name,
  );
  const found = new Set(packages.filter((name) => !name?.includes("typescript")));
  expect([...found].sort()).toEqual(["@trpc/client", "@trpc/server", "vitrine-client", "zod"]);
});

test("shows the comment of every procedure, and the names of inputs, to users of tRPC", async () => {
  const router = await readFile(
    join(folder, "node_modules", "vitrine-client", "server", "routers", "app-router.d.ts"),
    "utf8",
  );
  const declared = router.match(/\bTRPC(?:Query|Mutation)Procedure</g) ?? [];
  expect(router.match(/\*\/\n {8}\w+: import\("@trpc\/server"\)\.TRPC(?:Query|Mutation)Procedure</g)).toHaveLength(
    declared.length,
  );
  expect(router).toContain('input: import("../../client/procedures.js").ArtifactListInput | undefined;');
  expect(router).toMatch(/\/\*\* Restores a version from the trash .* \*\/\n {8}restore: /);
  const pages = await readFile(join(folder, "node_modules", "vitrine-client", "client", "pages.d.ts"), "utf8");
  expect(pages).toContain("artifacts: PagedList<ArtifactPageInput, Artifact>;");
});

test("names the outputs of procedures to users of tRPC, so that editors display them in a few lines", async () => {
  const calls = ["artifact.read", "artifact.page", "collection.latest", "flowRun.read", "flowRun.page", "trash.page"];
  const code = `import { createTRPCClient } from "@trpc/client";
import type { AppRouter } from "vitrine-client";
const raw = createTRPCClient<AppRouter>({ links: [] });
${calls.map((call, at) => `export const row${at} = await raw.${call}.query(null as never);`).join("\n")}`;
  await writeFile(join(folder, "names.ts"), code);
  const options = "--declaration --emitDeclarationOnly --strict --skipLibCheck --preserveSymlinks --target esnext";
  const files = ["names.ts", "--ignoreConfig", "--module", "nodenext", "--types", "", ...options.split(" ")];
  await run(process.execPath, [TSC, ...files], { cwd: folder });
  const declared = (await readFile(join(folder, "names.d.ts"), "utf8")).match(/^export declare const row.*/gm) ?? [];
  const names = declared.map((line) => line.replace(/import\("[^"]*"\)\./g, "").replace(/^.*?: /, ""));
  expect(names).toEqual([
    "ArtifactDetail<Json>;",
    "SearchedPage<Artifact<Json>>;",
    "ArtifactDetail<Json>;",
    "FlowRun;",
    "Page<FlowRun>;",
    "Page<TrashedArtifact>;",
  ]);
});

test("imports only its dependencies, and nothing of Node in a browser bundle", async () => {
  const root = join(folder, "node_modules", "vitrine-client");
  const files = (await readdir(root, { recursive: true })).filter((file) => /\.(js|ts)$/.test(file));
  for (const file of files) {
    const text = await readFile(join(root, file), "utf8");
    for (const [, name = ""] of text.matchAll(/(?:from |import\(|import )"([^"]+)"/g)) {
      if (name.startsWith(".")) expect(files, file).toContain(join(dirname(file), name.replace(/\.js$/, ".d.ts")));
      else expect(ALLOWED, file).toContain(name);
    }
  }
  const stdin = { contents: 'export { connect } from "vitrine-client"', resolveDir: folder };
  const { metafile } = await build({
    stdin,
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).filter((file) => /async_hooks|client\/node\.js/.test(file))).toEqual([]);
});

test("publishes and reads from plain Node, at the URL in the environment", async () => {
  await using server = await startHttpServer();
  const env = { ...process.env, VITRINE_URL: server.origin };
  const { stdout, stderr } = await run(process.execPath, [join(folder, "nodenext", "sample.js")], { env });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    many: 45,
    rawError: "NOT_FOUND",
    linked: true,
    total: 1,
    keys: ["daily-report", "dot", "import", "orders", "shop", "tree"],
    removed: 1,
    code: "NOT_FOUND",
    failed: null,
  });
});
