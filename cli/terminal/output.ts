import type { CliError } from "./error";
import { createProgressBar, type ProgressBar } from "./progress";

/** With `--json`, standard output has JSON only; notes, progress and errors go to standard error. */
export interface Output {
  readonly json: boolean;
  /** Whether someone can answer a question: standard input and standard output are terminals. */
  readonly interactive: boolean;
  /** Characters per line of the terminal; null if standard output is not a terminal. */
  readonly width: number | null;
  /** Whether standard output shows colours. */
  readonly colors: boolean;
  /** Prints a result, as JSON or as `text()`; commands that stream print one per event. */
  result(value: unknown, text: () => string): Promise<void>;
  /** Prints data unchanged, without a line end. */
  raw(data: string | Uint8Array): Promise<void>;
  note(line: string): void;
  progress(label: string, total: number | null, format?: (amount: number) => string): ProgressBar;
  style(name: Style, text: string): string;
  error(error: CliError): void;
}

const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type Style = keyof typeof STYLES;

export function createOutput({ json, noColor }: { json: boolean; noColor: boolean }): Output {
  const { stdout, stderr, stdin } = process;
  const colors = stdout.isTTY === true && !noColor && !json;
  const write = (data: string | Uint8Array) => new Promise<void>((resolve) => stdout.write(data, () => resolve()));
  return {
    json,
    interactive: stdin.isTTY === true && stdout.isTTY === true && !json,
    colors,
    width: stdout.isTTY ? stdout.columns : null,
    result: async (value, text) => {
      const line = json ? JSON.stringify(value) : text();
      if (line !== "") await write(`${line}\n`);
    },
    raw: write,
    note(line) {
      stderr.write(`${line}\n`);
    },
    progress: (label, total, format) => createProgressBar(stderr, label, total, format),
    style(name, text) {
      const [on, off] = STYLES[name];
      return colors ? `\x1b[${on}m${text}\x1b[${off}m` : text;
    },
    error({ code, message, details }) {
      stderr.write(json ? `${JSON.stringify({ error: { code, message, ...details } })}\n` : `${message}\n`);
    },
  };
}
