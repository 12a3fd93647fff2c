import { useEffect, useState } from "react";
import { formatBytes } from "#formats/number";
import type { FileReading, FileResponse } from "./worker";

/** What a file can be published as, read in a worker: null while it is read, and a sentence if it can't be published. */
export function useFileReadings(file: File, maxData: number): FileReading[] | string | null {
  const [result, setResult] = useState<FileReading[] | string | null>(null);
  useEffect(() => {
    if (file.size > maxData) return;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<FileResponse>) => {
      setResult("error" in data ? data.error : fitting(data.readings, file.name, maxData));
    });
    worker.addEventListener("error", () => setResult(`${file.name} can't be read.`));
    worker.postMessage(file);
    return () => worker.terminate();
  }, [file, maxData]);
  return file.size > maxData ? tooLarge(file.name, file.size, maxData) : result;
}

/** The readings within the limit, or why there are none. */
function fitting(readings: FileReading[], name: string, maxData: number): FileReading[] | string {
  const all = readings.filter(({ json }) => json.size <= maxData);
  return all.length > 0 ? all : tooLarge(name, Math.min(...readings.map(({ json }) => json.size)), maxData);
}

function tooLarge(name: string, size: number, maxData: number): string {
  return `${name} has ${formatBytes(size)} of data; this server takes at most ${formatBytes(maxData)} (VITRINE_MAX_DATA).`;
}
