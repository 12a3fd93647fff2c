import { useEffect, useState } from "react";
import { formatBytes } from "#formats/number";
import type { FileReading, FileResponse } from "./worker";

/** A file that is published as it is. */
export interface AsItIs {
  type: "file";
  json: null;
  content: null;
}

const AS_IT_IS: AsItIs = { type: "file", json: null, content: null };

export interface Readings {
  /** What the file can be published as, the likeliest first; the last is as it is. None where it can't be read. */
  choices: (FileReading | AsItIs)[];
  /** Why it can be published as it is alone, or not at all, as a sentence. */
  problem: string | null;
}

/** What a file can be published as, read in a worker; null while it is read. */
export function useFileReadings(file: File, maxData: number): Readings | null {
  const [result, setResult] = useState<Readings | null>(null);
  useEffect(() => {
    if (file.size > maxData) return;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<FileResponse>) => {
      if (data === "unreadable") setResult({ choices: [], problem: `${file.name} can't be read.` });
      else setResult("error" in data ? onlyAsItIs(data.error) : fitting(data.readings, file.name, maxData));
    });
    worker.addEventListener("error", () => setResult(onlyAsItIs(`${file.name} can't be read.`)));
    worker.postMessage(file);
    return () => worker.terminate();
  }, [file, maxData]);
  return file.size > maxData ? onlyAsItIs(tooLarge(file.name, file.size, maxData)) : result;
}

function onlyAsItIs(problem: string): Readings {
  return { choices: [AS_IT_IS], problem };
}

/** The readings within the limit, or why there are none. */
function fitting(readings: FileReading[], name: string, maxData: number): Readings {
  const all = readings.filter(({ json }) => json.size <= maxData);
  return all.length > 0
    ? { choices: [...all, AS_IT_IS], problem: null }
    : onlyAsItIs(tooLarge(name, Math.min(...readings.map(({ json }) => json.size)), maxData));
}

function tooLarge(name: string, size: number, maxData: number): string {
  return `${name} has ${formatBytes(size)} of data; this server takes at most ${formatBytes(maxData)} (VITRINE_MAX_DATA) that is not a file.`;
}
