import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file system of its own that is soon full. */
export interface SmallDisk extends AsyncDisposable {
  folder: string;
  /** @param size such as `64m` */
  grow(size: string): Promise<unknown>;
}

/** @returns null where this user cannot mount one */
export async function smallDisk(size: string): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-disk-"));
  const mounted = await run("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", folder]).catch(
    () => null,
  );
  if (!mounted) {
    await rm(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    grow: (size) => run("mount", ["-o", `remount,size=${size}`, folder]),
    async [Symbol.asyncDispose]() {
      await run("umount", [folder]);
      await rm(folder, { recursive: true });
    },
  };
}
