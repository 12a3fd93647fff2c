import { formatCount } from "#formats/number";

export interface ProgressBar {
  /** Draws the bar, at most every 100 ms; `total` sets or corrects the total. */
  update(done: number, total?: number): void;
  end(): void;
}

type Format = (amount: number) => string;

const WIDTH = 24;

/** The least time between two drawings, in milliseconds. */
const INTERVAL = 100;

/** A progress bar that is drawn only on a terminal. `format` formats amounts; a number with thousands separators by default. */
export function createProgressBar(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">,
  label: string,
  total: number | null,
  format: Format = formatCount,
): ProgressBar {
  const start = performance.now();
  let lastUpdate = Number.NEGATIVE_INFINITY;
  let currentTotal = total;
  const draw = (done: number) => {
    lastUpdate = performance.now();
    const line = formatProgress(label, done, currentTotal, (lastUpdate - start) / 1000, format);
    stream.write(`\r\x1b[K${line.slice(0, stream.columns - 1)}`);
  };
  return {
    update(done, newTotal) {
      currentTotal = newTotal ?? currentTotal;
      if (stream.isTTY && (performance.now() - lastUpdate >= INTERVAL || done === currentTotal)) draw(done);
    },
    end() {
      if (stream.isTTY) stream.write("\r\x1b[K");
    },
  };
}

/** One line: `Reading flows  ████░░░░ 50 %  12 of 24, 3 s left`. `seconds` is the time so far. */
export function formatProgress(
  label: string,
  done: number,
  total: number | null,
  seconds: number,
  format: Format = formatCount,
): string {
  if (total === null) return `${label}  ${format(done)}`;
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(part * WIDTH);
  const bar = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
  const left = part > 0 && part < 1 && seconds > 2 ? `, ${formatDuration((seconds / part) * (1 - part))} left` : "";
  return `${label}  ${bar} ${Math.floor(part * 100)} %  ${format(done)} of ${format(total)}${left}`;
}

function formatDuration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Runs work of several steps with a progress bar for each, named by the step. */
export async function withSteps<T>(
  output: { progress(label: string, total: number | null, format?: Format): ProgressBar },
  work: (update: (step: string, done: number, total: number, format?: Format) => void) => Promise<T>,
): Promise<T> {
  let current: { step: string; bar: ProgressBar } | undefined;
  try {
    return await work((step, done, total, format) => {
      if (current?.step !== step) {
        current?.bar.end();
        current = { step, bar: output.progress(step, total, format) };
      }
      current.bar.update(done, total);
    });
  } finally {
    current?.bar.end();
  }
}
