import { formatCount } from "#formats/number";

/** A bar on standard error for work that takes a while; drawn on a terminal alone, and never twice in 100 ms. */
export interface Progress {
  /** So much is done by now, of `total` where that became known. */
  at(done: number, total?: number): void;
  /** Takes the bar away; what was done is for the caller to say. */
  end(): void;
}

const WIDTH = 24;
const PAUSE = 100;

/**
 * Begins a bar.
 * @param label what is being done: `Moving versions to the trash`
 * @param words how an amount reads; a count with thousands apart when absent
 */
export function progress(
  stream: NodeJS.WriteStream,
  label: string,
  total: number | null,
  words: (amount: number) => string = formatCount,
): Progress {
  const begun = performance.now();
  let [drawn, whole] = [-PAUSE, total];
  const draw = (done: number) => {
    drawn = performance.now() - begun;
    const seconds = drawn / 1000;
    stream.write(`\r\x1b[K${lineOf({ label, done, total: whole, seconds, words }).slice(0, stream.columns - 1)}`);
  };
  return {
    at(done, now = whole ?? undefined) {
      whole = now ?? null;
      if (stream.isTTY && (performance.now() - begun - drawn >= PAUSE || done === whole)) draw(done);
    },
    end() {
      if (stream.isTTY) stream.write("\r\x1b[K");
    },
  };
}

function lineOf(shown: {
  label: string;
  done: number;
  total: number | null;
  seconds: number;
  words(amount: number): string;
}): string {
  const { label, done, total, seconds, words } = shown;
  if (total === null) return `${label}  ${words(done)}`;
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(part * WIDTH);
  const bar = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
  const left = part > 0 && part < 1 && seconds > 2 ? `, ${lasting((seconds / part) * (1 - part))} left` : "";
  return `${label}  ${bar} ${Math.floor(part * 100)} %  ${words(done)} of ${words(total)}${left}`;
}

function lasting(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
