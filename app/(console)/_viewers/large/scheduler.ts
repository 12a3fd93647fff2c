/** Runs computations in steps, between which messages are delivered. */
export interface Scheduler {
  /** Of these only the latest continues; the result of an earlier one is null. */
  runLatest<Result>(steps: Iterator<void, Result>): Promise<Result | null>;
  /** These wait while one of the others runs. */
  runBehind<Result>(steps: Iterator<void, Result>): Promise<Result>;
}

export function createScheduler(): Scheduler {
  let latest: object | null = null;
  let waiting: (() => void)[] = [];
  return {
    async runLatest(steps) {
      const own = {};
      latest = own;
      try {
        for (;;) {
          const step = steps.next();
          if (step.done) return step.value;
          await nextMessage();
          if (latest !== own) return null;
        }
      } finally {
        if (latest === own) {
          latest = null;
          for (const resume of waiting) resume();
          waiting = [];
        }
      }
    },
    async runBehind(steps) {
      for (;;) {
        while (latest) await new Promise<void>((resolve) => waiting.push(resolve));
        const step = steps.next();
        if (step.done) return step.value;
        await nextMessage();
      }
    },
  };
}

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
