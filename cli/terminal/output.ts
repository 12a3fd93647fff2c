import type { CliError } from "./error";
import { type Progress, progress } from "./progress";

/** What a command says. With `--json` standard output carries JSON alone; everything else goes to standard error. */
export interface Output {
  readonly json: boolean;
  /** Whether a person reads along: both standard input and standard output are a terminal. */
  readonly interactive: boolean;
  /** How many characters fit in a line, or null where it is no terminal. */
  readonly width: number | null;
  /** What came out: a JSON document for programs, `words` for people. Called once, or once for each of a stream. */
  result(value: unknown, words: () => string): Promise<void>;
  /** Text that is the result as it is, such as raw data; without a line end of ours. */
  raw(text: string | Uint8Array): Promise<void>;
  /** A sentence beside the result, on standard error. */
  note(sentence: string): void;
  /** A bar for long work, on standard error. */
  progress(label: string, total: number | null, words?: (amount: number) => string): Progress;
  /** Text in a colour or weight, where colours are wanted. */
  style(name: Style, text: string): string;
  /** The end that is no success. */
  error(failure: CliError): void;
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

/** Reports to this process's own streams. */
export function createOutput({ json, noColor }: { json: boolean; noColor: boolean }): Output {
  const { stdout, stderr, stdin } = process;
  const coloured = stdout.isTTY === true && !noColor && !json;
  const write = (text: string | Uint8Array) => new Promise<void>((written) => stdout.write(text, () => written()));
  return {
    json,
    interactive: stdin.isTTY === true && stdout.isTTY === true && !json,
    width: stdout.isTTY ? stdout.columns : null,
    result: async (value, words) => {
      const text = json ? JSON.stringify(value) : words();
      if (text !== "") await write(`${text}\n`);
    },
    raw: write,
    note(sentence) {
      stderr.write(`${sentence}\n`);
    },
    progress: (label, total, words) => progress(stderr, label, total, words),
    style(name, text) {
      const [on, off] = STYLES[name];
      return coloured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
    },
    error({ code, message, details }) {
      stderr.write(json ? `${JSON.stringify({ error: { code, message, ...details } })}\n` : `${message}\n`);
    },
  };
}
