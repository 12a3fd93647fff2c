import { type DownloadProgress, download } from "#app/_data/download";
import { createBudget } from "#diff/budget";
import {
  type ComparedVersion as Compared,
  compareVersions,
  type Comparison as Differences,
  type ReadVersion,
  readVersion,
} from "#diff/comparison";
import { jsonOfBoth, type ReadContent } from "#diff/files/content";
import type { DiffOptions } from "#diff/options";
import { type FileContent, readContent } from "./file-content";
import { notesOfPages, pagesOf } from "./pdf-pages";

export interface ComparedVersion extends Omit<Compared, "text"> {
  /** The URL of its data. */
  url: string;
  /** The content of a file that is compared instead; null for the data as JSON text. */
  content: FileContent | null;
}

export interface ComparisonRequest {
  id: number;
  from: ComparedVersion;
  to: ComparedVersion;
  options: DiffOptions;
}

export interface Comparison extends Differences {
  /** What was left out, as sentences. */
  notes: string[];
}

export type ComparisonResponse =
  | { id: number; progress: DownloadProgress }
  | { id: number; comparison: Comparison }
  | { id: number; error: string };

/** In milliseconds. */
const BUDGET = 4000;

interface ReadPair {
  from: ReadVersion;
  to: ReadVersion;
  notes: string[];
}

/** The versions, which are the same for all options that a worker compares them with; null before they are read. */
let pair: Promise<ReadPair> | null = null;

async function compare({ id, from, to, options }: ComparisonRequest): Promise<Comparison> {
  pair ??= readPair(from, to, (progress) => respond({ id, progress }));
  const read = await pair.catch((error: unknown) => {
    pair = null;
    throw error;
  });
  const budget = createBudget(BUDGET);
  const comparison = compareVersions(read.from, read.to, options, budget);
  return { ...comparison, notes: [...read.notes, ...budget.notes] };
}

async function readPair(
  from: ComparedVersion,
  to: ComparedVersion,
  onProgress: (progress: DownloadProgress) => void,
): Promise<ReadPair> {
  const loaded = [0, 0];
  const report = (side: 0 | 1) => (progress: DownloadProgress) => {
    loaded[side] = progress.loaded;
    onProgress({ ...progress, loaded: (loaded[0] ?? 0) + (loaded[1] ?? 0) });
  };
  const [left, right] = await Promise.all([load(from, report(0)), load(to, report(1))]);
  const { texts, notes } = jsonOfBoth(left, right);
  const versionOf = (version: ComparedVersion, text: string) => {
    const read = readVersion({ ...version, text });
    const pages = version.content?.pages;
    return pages ? { ...read, side: { ...read.side, document: pagesOf(pages.texts) } } : read;
  };
  return {
    from: versionOf(from, texts[0]),
    to: versionOf(to, texts[1]),
    notes: [...notes, ...notesOfPages([from, to].flatMap(({ content }) => content?.pages ?? []))],
  };
}

async function load(
  { url, content }: ComparedVersion,
  onProgress: (progress: DownloadProgress) => void,
): Promise<ReadContent> {
  if (!content) return { text: new TextDecoder().decode(await download(url, onProgress)) };
  return await readContent(content, onProgress);
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
