import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { createAsyncContext } from "./async-context";

test("storages keep their values while used, lose them after the last use, and work again", async () => {
  const context = createAsyncContext(0);
  const storage = new AsyncLocalStorage<string>();
  const round = (value: string) =>
    storage.run(value, async () => {
      const [first, second] = [context.use(), context.use()];
      first();
      await new Promise((resolve) => setImmediate(resolve));
      const meanwhile = storage.getStore();
      second();
      await expect.poll(() => storage.getStore()).toBeUndefined();
      return meanwhile;
    });
  expect(await round("a")).toBe("a");
  expect(await round("b")).toBe("b");
  const [first, second] = [context.use(), context.use()];
  first();
  second();
  expect(await round("c")).toBe("c");
});
