import { receive } from "#app/_data/download";
import type { TableSource } from "./opened";

/** In bytes: no more is loaded at once. */
const MAX_RANGE = 96_000_000;

/** The bytes of a file from `start` to `end`, without the latter. @throws Error with a sentence */
export async function rangeOf(
  { url, size, sha256, signal, onRange }: TableSource,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!(start >= 0 && start <= end && end <= size))
    throw new Error("The file is broken: it names bytes that it doesn't have.");
  const length = end - start;
  if (length > MAX_RANGE)
    throw new Error("These rows are in parts of the file that are too large to show. Download it to read them.");
  const bytes = new Uint8Array(length);
  if (length === 0) return bytes;
  let received = 0;
  const receiver = {
    restart() {
      received = 0;
    },
    add(part: Uint8Array) {
      if (received + part.length <= length) bytes.set(part, received);
      received += part.length;
      return received < length;
    },
  };
  // A file that changed is sent whole, since its ETag is its hash.
  const headers = { range: `bytes=${start}-${end - 1}`, "if-range": `"${sha256}"` };
  await receive(url, { headers, signal }, receiver, () => onRange?.());
  if (received !== length) throw new Error("The server sent other bytes than were requested. Reload the page.");
  return bytes;
}
