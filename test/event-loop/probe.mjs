import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

// Loaded into a server under test with `--import`: each connection to its socket gets the longest delay of the event loop
// since the one before, in milliseconds, and the memory in use, in bytes.
const path = process.env.VITRINE_TEST_PROBE;
if (isMainThread && path) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const server = createServer((socket) => {
    // The delay is recorded by a timer, which runs before the next immediate callback but one.
    setImmediate(() =>
      setTimeout(() => {
        socket.end(JSON.stringify({ delay: delay.max / 1e6, memory: process.memoryUsage.rss() }));
        delay.reset();
      }, 5),
    );
    socket.on("error", () => {});
  });
  server.listen(path).unref();
}
