import { AsyncLocalStorage } from "node:async_hooks";

/** How long after the last use the storages are disabled, in milliseconds: what a render leaves behind has ended. */
const IDLE = 1_000;

export interface AsyncContext {
  /** From now on storages work. @returns ends the use; after the last one all storages are disabled until the next use. */
  use(): () => void;
}

/**
 * Disables the storages of a library while it does nothing. Once one was used, Node.js before 24 runs hooks for every
 * promise of the process, which takes a third of the time of an API request.
 */
export function createAsyncContext(idle = IDLE): AsyncContext {
  const storages = trackStorages();
  let uses = 0;
  let timer: NodeJS.Timeout | undefined;
  const disable = () => {
    for (const storage of storages) storage.disable();
    storages.clear();
  };
  return {
    use() {
      uses += 1;
      clearTimeout(timer);
      return () => {
        uses -= 1;
        if (uses === 0) timer = setTimeout(disable, idle).unref();
      };
    },
  };
}

/** The storages that were used since they were last removed from this set. */
function trackStorages(): Set<AsyncLocalStorage<unknown>> {
  const storages = new Set<AsyncLocalStorage<unknown>>();
  const prototype = AsyncLocalStorage.prototype;
  for (const name of ["run", "enterWith"] as const) {
    const method: (...values: never[]) => unknown = prototype[name];
    Reflect.set(prototype, name, function (this: AsyncLocalStorage<unknown>, ...values: never[]) {
      storages.add(this);
      return method.apply(this, values);
    });
  }
  return storages;
}
