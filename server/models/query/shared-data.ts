import type { RawJson } from "#contract/raw-json";

/**
 * By hash: what somebody still uses, and what is being read. Not for the whole process: the bundle of the pages has a class
 * `RawJson` of its own, of which the HTTP layer's data is no instance.
 */
const shared = {
  used: new Map<string, WeakRef<RawJson>>(),
  reading: new Map<string, Promise<Shared | null>>(),
};

/** Data and its hash, which is null where it is not known. */
export interface Shared {
  sha256: string | null;
  data: RawJson;
}

/**
 * Large data by its hash, once in memory for all who read it at the same time, until the last of them has sent it. Versions of
 * several keys may have the same data: nothing else of a version is shared.
 * @param read reads it where nobody has it, one at a time: it may have another hash by now
 */
export async function readShared(sha256: string | null, read: () => Promise<Shared | null>): Promise<Shared | null> {
  if (sha256 === null) return read();
  for (;;) {
    const data = shared.used.get(sha256)?.deref();
    if (data) return { sha256, data };
    const pending = shared.reading.get(sha256);
    if (!pending) break;
    // Who reads has their error alone.
    const [others] = await Promise.allSettled([pending]);
    if (others.status === "fulfilled" && others.value?.sha256 === sha256) return { sha256, data: others.value.data };
  }
  const reading = readAlone(sha256, read);
  shared.reading.set(sha256, reading);
  return reading;
}

async function readAlone(sha256: string, read: () => Promise<Shared | null>): Promise<Shared | null> {
  try {
    const found = await read();
    return found && share(found);
  } finally {
    shared.reading.delete(sha256);
  }
}

function share({ sha256, data }: Shared): Shared {
  if (sha256 === null) return { sha256, data };
  for (const [other, ref] of shared.used) if (!ref.deref()) shared.used.delete(other);
  const used = shared.used.get(sha256)?.deref() ?? data;
  shared.used.set(sha256, new WeakRef(used));
  return { sha256, data: used };
}
