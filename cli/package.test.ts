import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readPidFile } from "#db/embedded/postmaster";
import { endProcess } from "#db/embedded/processes";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Installs the packed package into an empty project; its dependencies are links. */
async function install() {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-installed-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: ROOT });
  const packed: { filename: string; size: number; files: { path: string }[] }[] = JSON.parse(
    // A build that runs first may print more.
    stdout.slice(stdout.indexOf("[\n")),
  );
  const root = join(folder, "node_modules", "vitrine");
  await mkdir(root, { recursive: true });
  await run("tar", ["-xzf", join(folder, packed[0]?.filename ?? ""), "-C", root, "--strip-components=1"]);
  const { dependencies }: { dependencies: object } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, "node_modules", name), link);
  }
  return {
    folder,
    packed,
    command: join(root, "dist", "cli.js"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

// npm pack builds first if the sources have changed.
test("the installed package serves without a build, with its data in the current folder", async () => {
  await using project = await install();
  const paths = project.packed[0]?.files.map(({ path }) => path) ?? [];
  expect(paths.filter((path) => !/^(?:dist|\.next|db\/migrations)\/|^[A-Za-z.]+$/.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.map$|cache|\.test\.|\/trace/.test(path))).toEqual([]);
  // Scripts are in it twice: as they are, and compressed with Brotli.
  expect(project.packed[0]?.size).toBeLessThan(20_000_000);

  const { PATH, HOME } = process.env;
  const options = { cwd: project.folder, env: { PATH, HOME, NODE_ENV: "test" as const } };
  const start = performance.now();
  const server = spawn(process.execPath, [project.command, "serve", "--port", "0"], options);
  const ended = once(server, "close");
  try {
    let log = "";
    for await (const chunk of server.stdout) {
      log += chunk;
      if (/ready at \S+/.test(log)) break;
    }
    const url = /ready at (\S+)/.exec(log)?.[1] ?? "";
    expect(performance.now() - start).toBeLessThan(10_000);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
    expect(await readdir(project.folder)).toContain(".vitrine");

    const shell = { ...options, env: { ...options.env, VITRINE_URL: url } };
    const vitrine = async (...args: string[]) =>
      (await run(process.execPath, [project.command, ...args], shell)).stdout;
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
    // On a busy machine it may still be writing.
    const pid = readPidFile(join(project.folder, ".vitrine", "postgres"))[0];
    if (pid) await endProcess(Number(pid));
  }
}, 120_000);
