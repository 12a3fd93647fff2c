import { z } from "zod";
import { SERVICE_HEADER } from "#contract/event";
import { type BlobQuery, type BlobStored, Sha256 } from "#contract/file";
import { MAX_LIST } from "#contract/limits";
import { backoff } from "./call";
import { responseError, toVitrineError } from "./error";
import type { ResolvedOptions } from "./options";

/** Called with how many bytes were sent since the last call. */
export type OnSent = (bytes: number) => void;

/** Sends the bytes of files, which versions then name. Rejects with a VitrineError. */
export interface Uploader {
  /** Which of these need not be sent. */
  findThere(blobs: readonly BlobQuery[]): Promise<Set<string>>;
  /** Sends a file; one whose hash is known is sent again where the server cannot be reached for a while. */
  send(content: Blob | ReadableStream<Uint8Array>, sha256: string | null, onSent?: OnSent): Promise<BlobStored>;
}

const Stored = z.object({ sha256: Sha256, size: z.number() });
const Found = z.array(z.object({ sha256: Sha256, there: z.boolean() }));

export function createUploader({ url, apiKey, service, fetch, retries }: ResolvedOptions): Uploader {
  const headers = {
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
    ...(service && { [SERVICE_HEADER]: service }),
  };
  const request = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, init).catch((error: unknown) => {
      throw toVitrineError(error, url);
    });
    if (!response.ok) throw await responseError(response, url);
    return response.json();
  };
  const send = async (content: Blob | ReadableStream<Uint8Array>, sha256: string | null, onSent?: OnSent) => {
    const [path, method] = sha256 === null ? ["/api/blobs", "POST"] : [`/api/blobs/${sha256}`, "PUT"];
    const body = onSent || !(content instanceof Blob) ? counted(content, onSent) : content;
    // Node sends streams with this option alone.
    const init = { method, headers: { ...headers, "content-type": "application/octet-stream" }, body, duplex: "half" };
    return Stored.parse(await request(path, init));
  };
  return {
    async findThere(blobs) {
      const there = new Set<string>();
      for (let at = 0; at < blobs.length; at += MAX_LIST) {
        const body = JSON.stringify(blobs.slice(at, at + MAX_LIST));
        const init = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
        for (const each of Found.parse(await request("/api/blobs", init))) if (each.there) there.add(each.sha256);
      }
      return there;
    },
    async send(content, sha256, onSent) {
      for (let attempt = 0; ; attempt++) {
        let sent = 0;
        const count =
          onSent &&
          ((bytes: number) => {
            sent += bytes;
            onSent(bytes);
          });
        try {
          return await send(content, sha256, count);
        } catch (error) {
          const { code } = toVitrineError(error, url);
          const isRepeatable = content instanceof Blob && code === "SERVICE_UNAVAILABLE" && attempt < retries;
          if (!isRepeatable) throw error;
          onSent?.(-sent);
        }
        await backoff(attempt);
      }
    },
  };
}

function counted(content: Blob | ReadableStream<Uint8Array>, onSent: OnSent = () => {}): ReadableStream<Uint8Array> {
  const stream = content instanceof Blob ? content.stream() : content;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onSent(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return stream.pipeThrough(count);
}
