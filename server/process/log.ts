import type { Writable } from "node:stream";

/** Lines are dropped while so many bytes wait for whoever reads the output. */
const MAX_WAITING = 4 * 1024 * 1024;

/**
 * Writes an unexpected error to standard error, as one line of JSON: its name, code, message and first stack frames.
 * Never a statement, its values or a password, and no control character that could forge a second line.
 * @param request the id of the request that failed
 */
export function logUnexpected(error: unknown, request?: string): void {
  writeLine(process.stderr, toLogLine(error, request));
}

/** Writes one line of JSON to standard output. */
export function logInfo(message: string, fields: Record<string, string | number> = {}): void {
  writeLine(process.stdout, JSON.stringify({ time: new Date().toISOString(), level: "info", message, ...fields }));
}

/** Never blocks: pipes buffer in memory, and what exceeds the limit is lost. */
export function writeLine(stream: Pick<Writable, "write" | "writableLength">, line: string): void {
  if (stream.writableLength < MAX_WAITING) stream.write(`${line}\n`);
}

export function toLogLine(error: unknown, request?: string): string {
  const root = rootCause(error);
  const line = {
    time: new Date().toISOString(),
    level: "error",
    name: root instanceof Error ? clean(root.name, 80) : typeof root,
    code: root instanceof Error && "code" in root ? clean(String(root.code), 80) : undefined,
    message: clean(root instanceof Error ? root.message : String(root), 500),
    request,
    at: root instanceof Error ? framesOf(root) : undefined,
  };
  return JSON.stringify(line);
}

/** The innermost cause: the outer errors of a query carry the statement and its values. */
function rootCause(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < 8 && root instanceof Error && root.cause instanceof Error; depth++) root = root.cause;
  return root;
}

function framesOf(error: Error): string[] {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 5).map((frame) => clean(frame.trim(), 200));
}

function clean(text: string, maxLength: number): string {
  return text
    .slice(0, maxLength)
    .replace(/\/\/[^/@\s]*@/g, "//…@")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
