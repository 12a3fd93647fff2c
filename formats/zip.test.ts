import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { zipOf } from "./zip";

it("is unpacked by another program to the same files", async () => {
  const files = [
    { name: "weather-v1.csv", content: new TextEncoder().encode("day,degrees\n1,20\n") },
    { name: "ü.bin", content: Uint8Array.from({ length: 1000 }, (_, n) => n % 256) },
    { name: "empty.json", content: new Uint8Array() },
  ];
  const folder = await mkdtemp(join(tmpdir(), "vitrine-zip-"));
  await writeFile(join(folder, "all.zip"), Buffer.concat(zipOf(files)));
  execFileSync("python3", ["-c", "import zipfile, sys; zipfile.ZipFile('all.zip').extractall()"], { cwd: folder });
  for (const { name, content } of files) expect(new Uint8Array(await readFile(join(folder, name)))).toEqual(content);
  await rm(folder, { recursive: true });
});
