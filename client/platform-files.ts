import { VitrineError } from "#contract/error";

/** Modules of Node.js, which a bundler for browsers must not look for. */
function builtin<Name extends "node:fs" | "node:crypto" | "node:path" | "node:url">(name: Name) {
  return globalThis.process?.getBuiltinModule?.(name);
}

function expectFiles() {
  const [fs, path, url] = [builtin("node:fs"), builtin("node:path"), builtin("node:url")];
  if (fs && path && url) return { fs, path, url };
  throw new VitrineError("BAD_REQUEST", "A path can be published by Node.js only; pass a Blob.", { field: "data" });
}

/** A file that is read as it is sent. @throws VitrineError BAD_REQUEST where it cannot be read */
export async function openPath(source: string | URL): Promise<Blob> {
  const { fs, url } = expectFiles();
  const path = source instanceof URL ? url.fileURLToPath(source) : source;
  // Its own errors do not say why.
  const found = await fs.promises.stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!found.isFile()) throw new VitrineError("BAD_REQUEST", `${path} is not a file.`, { field: "data" });
  return fs.openAsBlob(path);
}

/**
 * The files in a folder and its folders, by their path in it; symbolic links are left out.
 * @throws VitrineError BAD_REQUEST where it cannot be read, or has more than `most` files
 */
export async function pathsIn(source: string | URL, most: number): Promise<Record<string, string>> {
  const { fs, path, url } = expectFiles();
  const root = source instanceof URL ? url.fileURLToPath(source) : source;
  const found: Record<string, string> = Object.create(null);
  let count = 0;
  const walk = async (folder: string, prefix: string): Promise<void> => {
    const entries = await fs.promises.readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw unreadable(folder, error);
    });
    for (const entry of entries) {
      const name = `${prefix}${entry.name.normalize("NFC")}`;
      if (entry.isDirectory()) await walk(path.join(folder, entry.name), `${name}/`);
      else if (entry.isFile()) {
        if (++count > most) throw new VitrineError("BAD_REQUEST", `${root} has more than ${most} files.`);
        if (name in found) throw new VitrineError("BAD_REQUEST", `${root} has "${name}" twice, in two Unicode forms.`);
        found[name] = path.join(folder, entry.name);
      }
    }
  };
  await walk(root, "");
  return found;
}

/** The SHA-256 of a Blob in hex; null where the platform would need all of it in memory. */
export async function sha256Of(content: Blob): Promise<string | null> {
  const crypto = builtin("node:crypto");
  if (!crypto) return null;
  const hash = crypto.createHash("sha256");
  const reader = content.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) hash.update(read.value);
  return hash.digest("hex");
}

function unreadable(path: string, error: unknown): VitrineError {
  const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
  return new VitrineError("BAD_REQUEST", `Cannot read ${path}${code}.`, { field: "data" }, { cause: error });
}
