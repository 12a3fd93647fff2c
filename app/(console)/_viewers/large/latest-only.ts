/** Lets the browser deliver messages that wait. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Runs computations in steps, of which only the latest continues; the result of an earlier one is null. */
export function createLatestOnly(): <Result>(steps: Iterator<void, Result>) => Promise<Result | null> {
  let latest: object | null = null;
  return async (steps) => {
    const own = {};
    latest = own;
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await nextMessage();
      if (latest !== own) return null;
    }
  };
}
