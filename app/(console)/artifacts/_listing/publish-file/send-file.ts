import type { ArtifactCreated } from "#contract/artifact";
import type { FileReading } from "./worker";

const UNREACHABLE = "Can't reach the server. Check your connection and try again.";

/**
 * Publishes the JSON text of a file as it is, and reports the share that is sent, from 0 to 1.
 * @throws Error with a sentence for people
 */
export function sendFile(
  { key, reason }: { key: string; reason: string | null },
  { type, json }: FileReading,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<ArtifactCreated> {
  // Unlike fetch, this reports how much of a request is sent.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", "/api/trpc/artifact.create");
    request.setRequestHeader("content-type", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => {
      const { result, error } = Object(request.response);
      if (result) resolve(result.data);
      else reject(new Error(error?.message ?? UNREACHABLE));
    });
    request.addEventListener("error", () => reject(new Error(UNREACHABLE)));
    signal.addEventListener("abort", () => request.abort());
    const head = `{"key":${JSON.stringify(key)},"type":${JSON.stringify(type)},"reason":${JSON.stringify(reason)},"data":`;
    request.send(new Blob([head, json, "}"], { type: "application/json" }));
  });
}
