import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** An empty project in which the packed product is installed, with what its manifest names linked from here. */
async function installed() {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-installed-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: ROOT });
  const packed: { filename: string; size: number; files: { path: string }[] }[] = JSON.parse(
    // A build beforehand may have words of its own.
    stdout.slice(stdout.indexOf("[\n")),
  );
  const product = join(folder, "node_modules", "vitrine");
  await mkdir(product, { recursive: true });
  await run("tar", ["-xzf", join(folder, packed[0]?.filename ?? ""), "-C", product, "--strip-components=1"]);
  const { dependencies }: { dependencies: object } = JSON.parse(await readFile(join(product, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, "node_modules", name), link);
  }
  return {
    folder,
    packed,
    command: join(product, "dist", "cli.js"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

// A build that is not of these sources is made again first.
test("where the package is installed, vitrine serves without a build, with its data in this folder", async () => {
  await using here = await installed();
  const paths = here.packed[0]?.files.map(({ path }) => path) ?? [];
  expect(paths.filter((path) => !/^(?:dist|\.next|db\/migrations)\/|^[A-Za-z.]+$/.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.map$|cache|\.test\.|\/trace/.test(path))).toEqual([]);
  expect(here.packed[0]?.size).toBeLessThan(3_000_000);

  const { PATH, HOME } = process.env;
  const around = { cwd: here.folder, env: { PATH, HOME, NODE_ENV: "test" as const } };
  const begun = performance.now();
  const server = spawn(process.execPath, [here.command, "serve", "--port", "0"], around);
  const ended = once(server, "close");
  try {
    let said = "";
    for await (const chunk of server.stdout) {
      said += chunk;
      if (/ready at \S+/.test(said)) break;
    }
    const url = /ready at (\S+)/.exec(said)?.[1] ?? "";
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
    expect(await readdir(here.folder)).toContain(".vitrine");

    const shell = { ...around, env: { ...around.env, VITRINE_URL: url } };
    const vitrine = async (...args: string[]) => (await run(process.execPath, [here.command, ...args], shell)).stdout;
    await vitrine("push", "node_modules/vitrine/README.md", "--key", "readme");
    expect(JSON.parse(await vitrine("ls", "--json"))).toMatchObject([{ key: "readme", type: "markdown", version: 1 }]);
    expect(JSON.parse(await vitrine("show", "readme", "--raw"))).toMatch(/^# Vitrine\n/);

    const page = await (await fetch(`${url}/artifacts`)).text();
    expect(page).toContain("readme");
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page)?.[1];
    expect((await fetch(`${url}${script}`)).status).toBe(200);
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}, 120_000);
