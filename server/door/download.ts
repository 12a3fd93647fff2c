import { StoreError } from "#contract/error";
import type { Context } from "#server/context";
import { callerOf } from "#server/router";
import type { Answer } from "./asked";

const BY_ID = /^\/api\/artifacts\/([^/]+)\/data$/;
const BY_KEY = /^\/api\/artifacts\/key\/([^/]+)\/([^/]+)\/data$/;

type Input = Parameters<ReturnType<typeof callerOf>["artifact"]["read"]>[0];

/** Which artifact's data a path asks for, or null when it is no such path. */
export function downloadOf(path: string): Input | null {
  const [, id] = BY_ID.exec(path) ?? [];
  if (id !== undefined) return { id: decodeURIComponent(id) };
  const [, key, version] = BY_KEY.exec(path) ?? [];
  if (key === undefined || version === undefined) return null;
  return { key: decodeURIComponent(key), version: /^[1-9][0-9]{0,14}$/.test(version) ? Number(version) : 0 };
}

/** The stored JSON text of an artifact's data, exactly, as a file that no browser runs. Throws what `artifact.read` throws. */
export async function download(input: Input, context: Omit<Context, "data">): Promise<Answer> {
  let text = "null";
  const data = {
    text: () => {
      throw new StoreError("METHOD_NOT_SUPPORTED", "A download takes no data.");
    },
    value: (stored: string) => {
      text = stored;
      return null;
    },
  };
  const { id, key, version } = await callerOf({ ...context, data }).artifact.read(input);
  const name = `${key === null ? id : `${key.slice(0, 200)}-v${version}`}.json`;
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`,
    },
    body: text,
  };
}
