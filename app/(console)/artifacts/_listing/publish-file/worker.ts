import { type Reading, readFile } from "./read-file";

/** A reading whose JSON text is a blob, which is not copied when it is sent. */
export interface FileReading extends Omit<Reading, "json"> {
  json: Blob;
}

export type FileResponse = { readings: FileReading[] } | { error: string } | "unreadable";

function readingsOf(name: string, bytes: ArrayBuffer): FileReading[] {
  return readFile(name, new Uint8Array(bytes)).map(({ json, ...reading }) => ({ ...reading, json: new Blob([json]) }));
}

async function read(file: File): Promise<FileResponse> {
  const bytes = await file.arrayBuffer().catch(() => null);
  return bytes === null ? "unreadable" : { readings: readingsOf(file.name, bytes) };
}

addEventListener("message", ({ data }: MessageEvent<File>) => {
  read(data).then(
    (response) => postMessage(response),
    (error: Error) => postMessage({ error: error.message } satisfies FileResponse),
  );
});
