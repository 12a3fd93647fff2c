import { type DownloadProgress, download } from "#app/_data/download";
import { createBudget } from "#diff/budget";
import {
  type ComparedVersion as Compared,
  compareVersions,
  type Comparison as Differences,
  type ReadVersion,
  readVersion,
} from "#diff/comparison";
import type { DiffOptions } from "#diff/options";

export interface ComparedVersion extends Omit<Compared, "text"> {
  /** The URL of its data. */
  url: string;
}

export interface ComparisonRequest {
  id: number;
  from: ComparedVersion;
  to: ComparedVersion;
  options: DiffOptions;
}

export interface Comparison extends Differences {
  /** What was left out to stay within the time budget, as sentences. */
  notes: string[];
}

export type ComparisonResponse =
  | { id: number; progress: DownloadProgress }
  | { id: number; isLoaded: true }
  | { id: number; comparison: Comparison }
  | { id: number; error: string };

/** In milliseconds. */
const BUDGET = 4000;

/** The versions by URL, since a worker compares the same ones with several options. */
const versions = new Map<string, ReadVersion>();

async function compare({ id, from, to, options }: ComparisonRequest): Promise<Comparison> {
  const loaded = [0, 0];
  const report = (side: 0 | 1) => (progress: DownloadProgress) => {
    loaded[side] = progress.loaded;
    respond({ id, progress: { ...progress, loaded: (loaded[0] ?? 0) + (loaded[1] ?? 0) } });
  };
  const [left, right] = await Promise.all([load(from, report(0)), load(to, report(1))]);
  respond({ id, isLoaded: true });
  const budget = createBudget(BUDGET);
  return { ...compareVersions(left, right, options, budget), notes: budget.notes };
}

async function load({ url, ...version }: ComparedVersion, onProgress: (progress: DownloadProgress) => void) {
  const known = versions.get(url);
  if (known) return known;
  const read = readVersion({ ...version, text: new TextDecoder().decode(await download(url, onProgress)) });
  versions.set(url, read);
  return read;
}

function respond(response: ComparisonResponse) {
  postMessage(response);
}

addEventListener("message", ({ data }: MessageEvent<ComparisonRequest>) => {
  compare(data).then(
    (comparison) => respond({ id: data.id, comparison }),
    (error: unknown) =>
      respond({ id: data.id, error: error instanceof Error ? error.message : "The comparison failed." }),
  );
});
