#!/usr/bin/env node
import { run } from "./run";
import { EXIT } from "./terminal/error";

// EPIPE: the reader closed the pipe, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? EXIT.ok : EXIT.failed));
}

await run(process.argv.slice(2));
