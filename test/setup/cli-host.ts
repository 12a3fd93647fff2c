import { Readable, Writable } from "node:stream";
import { run } from "#cli/run";

/** A command line, with its standard input and the variables of its environment. */
export interface HostedCommand {
  args: string[];
  input: string | Uint8Array;
  env: Record<string, string>;
}

export interface HostedResult {
  code: number;
  stdout: string;
  stderr: string;
}

// Runs the command lines that it receives, one after the other, without the time in which each would start Node.js.
process.on("message", async ({ args, input, env }: HostedCommand) => {
  process.env = { NODE_ENV: "test", ...env };
  replace("stdin", Readable.from(input.length > 0 ? [Buffer.from(input)] : []));
  const [stdout, stderr] = [collect("stdout"), collect("stderr")];
  await run(args);
  const result: HostedResult = { code: Number(process.exitCode ?? 0), stdout: stdout(), stderr: stderr() };
  process.exitCode = undefined;
  process.send?.(result);
});
process.on("disconnect", () => process.exit());

function replace(name: "stdin" | "stdout" | "stderr", stream: Readable | Writable): void {
  Object.defineProperty(process, name, { value: stream, configurable: true });
}

/** Collects what is written to a standard stream from now on. */
function collect(name: "stdout" | "stderr"): () => string {
  const chunks: Uint8Array[] = [];
  const write = (chunk: Uint8Array, _: string, done: () => void) => {
    chunks.push(chunk);
    done();
  };
  replace(name, new Writable({ write }));
  return () => Buffer.concat(chunks).toString("utf8");
}
