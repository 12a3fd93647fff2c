import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as timers } from "node:timers/promises";
import { expect, test } from "vitest";
import { createAsyncContext } from "./async-context";

test("storages keep their values while used, lose them after the last use, and work again", async () => {
  const context = createAsyncContext(0);
  const storage = new AsyncLocalStorage<string>();
  const inContext = (value: string, ends: (() => void)[]) =>
    storage.run(value, async () => {
      const seen = [storage.getStore()];
      for (const end of ends) {
        end();
        // A timer that was set earlier and is due has run before.
        await timers(1);
        seen.push(storage.getStore());
      }
      return seen;
    });
  expect(await inContext("a", [context.use(), context.use()])).toEqual(["a", "a", undefined]);
  expect(await inContext("b", [context.use()])).toEqual(["b", undefined]);
  const end = context.use();
  end();
  expect(await inContext("c", [context.use()])).toEqual(["c", undefined]);
});
