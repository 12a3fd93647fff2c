import { useEffect, useState } from "react";
import type { DownloadProgress } from "#app/_data/download";
import { NO_TABLE } from "#formats/delimited/no-table";
import { createReader, type DataReader } from "../large/reader";
import type { OpenedTable, TableSource } from "../tabular/opened";

interface Opened {
  opened: OpenedTable | null;
  reader: DataReader | null;
  error: string | null;
  /** Whether the file was read, and has no table. */
  isOther: boolean;
}

const NOTHING_OPENED: Opened = { opened: null, reader: null, error: null, isOther: false };
const NOTHING: DownloadProgress = { loaded: 0, problem: null };

/**
 * Reads a file with a table in a worker that ends with the component, and again whenever the source changes; meanwhile the
 * earlier table stays.
 */
export function useOpenedTable(
  source: TableSource,
): Opened & { progress: DownloadProgress; isOpening: boolean; onRetry: () => void } {
  const [state, setState] = useState<Opened & { key: string }>({ ...NOTHING_OPENED, key: "" });
  const [progress, setProgress] = useState(NOTHING);
  const [started, setStarted] = useState<{ reader: DataReader; attempt: string } | null>(null);
  const [tries, setTries] = useState(0);
  const key = JSON.stringify([source, tries]);
  const attempt = JSON.stringify([source.url, tries]);
  // That of an earlier attempt ended with it.
  const reader = started?.attempt === attempt ? started.reader : null;
  useEffect(() => {
    const created = createReader();
    setStarted({ reader: created, attempt });
    return () => created.end();
  }, [attempt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the source and the attempt
  useEffect(() => {
    if (!reader) return;
    let outdated = false;
    const put = (next: Opened) => {
      if (!outdated) setState({ ...next, key });
    };
    setProgress(NOTHING);
    reader.open({ ...source, url: new URL(source.url, location.href).href }, setProgress).then(
      (opened) => put({ ...NOTHING_OPENED, opened, reader }),
      (error: Error) => put({ ...NOTHING_OPENED, error: error.message, isOther: error.name === NO_TABLE }),
    );
    return () => {
      outdated = true;
    };
  }, [reader, key]);
  return { ...state, progress, isOpening: state.key !== key, onRetry: () => setTries(tries + 1) };
}
