import type { ArtifactCreated } from "#contract/artifact";
import { mediaTypeOf } from "#contract/media-type";
import type { AsItIs } from "./use-file-readings";
import type { FileReading } from "./worker";

const UNREACHABLE = "Can't reach the server. Check your connection and try again.";

type OnProgress = (share: number) => void;

/**
 * Publishes the JSON text of a file, or the file as it is, and reports the share that is sent, from 0 to 1.
 * @throws Error with a sentence for people
 */
export async function sendFile(
  file: File,
  { key, reason }: { key: string; reason: string | null },
  { type, json }: FileReading | AsItIs,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ArtifactCreated> {
  const data = json ?? JSON.stringify(await upload(file, onProgress, signal));
  const head = `{"key":${JSON.stringify(key)},"type":${JSON.stringify(type)},"reason":${JSON.stringify(reason)},"data":`;
  const body = new Blob([head, data, "}"], { type: "application/json" });
  const { result } = await post("/api/trpc/artifact.create", body, json ? onProgress : () => {}, signal);
  return result.data;
}

/** Sends the bytes of a file. @returns the data of a version with it */
async function upload(file: File, onProgress: OnProgress, signal: AbortSignal) {
  // The error of a request does not say whether the file or the server is the reason.
  await file
    .slice(0, 1)
    .arrayBuffer()
    .catch(() => {
      throw new Error(`${file.name} can't be read.`);
    });
  const body = file.slice(0, file.size, "application/octet-stream");
  const { sha256, size } = await post("/api/blobs", body, onProgress, signal);
  const mediaType = file.type.split(";")[0] || mediaTypeOf(file.name);
  return { name: file.name.normalize("NFC"), mediaType, size, sha256 };
}

/** Unlike fetch, this reports how much of a request is sent. */
function post(path: string, body: Blob, onProgress: OnProgress, signal: AbortSignal) {
  const request = new XMLHttpRequest();
  return new Promise<ReturnType<typeof Object>>((resolve, reject) => {
    request.open("POST", path);
    request.setRequestHeader("content-type", body.type);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      onProgress(total ? loaded / total : 0);
    });
    request.addEventListener("load", () => {
      const response = Object(request.response);
      if (request.status < 300) resolve(response);
      else reject(new Error(response.error?.message ?? response.message ?? UNREACHABLE));
    });
    request.addEventListener("error", () => reject(new Error(UNREACHABLE)));
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
