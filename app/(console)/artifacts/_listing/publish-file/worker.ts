import { type Reading, readFile } from "./read-file";

/** A reading whose JSON text is a blob, which is not copied when it is sent. */
export interface FileReading extends Omit<Reading, "json"> {
  json: Blob;
}

export type FileResponse = { readings: FileReading[] } | { error: string };

async function read(file: File): Promise<FileReading[]> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Error(`${file.name} can't be read.`);
  });
  return readFile(file.name, new Uint8Array(bytes)).map(({ json, ...reading }) => ({
    ...reading,
    json: new Blob([json]),
  }));
}

addEventListener("message", ({ data }: MessageEvent<File>) => {
  read(data).then(
    (readings) => postMessage({ readings } satisfies FileResponse),
    (error: Error) => postMessage({ error: error.message } satisfies FileResponse),
  );
});
