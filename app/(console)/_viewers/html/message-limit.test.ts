import { expect, it } from "vitest";
import { createMessageLimit } from "./message-limit";

const count = (run: () => boolean) => Array.from({ length: 200 }, run).filter(Boolean).length;

it("a frame gets its data once, and sends 50 messages, each time it loads, which it can't do forever", () => {
  const { loaded, takes, responds, isEndless } = createMessageLimit();
  expect([count(takes), count(responds)]).toEqual([50, 1]);
  loaded();
  expect([count(takes), count(responds)]).toEqual([50, 1]);
  expect(isEndless()).toBe(false);
  for (let more = 0; more < 5; more++) count(takes);
  expect(isEndless()).toBe(true);
  const all = Array.from({ length: 100 }, () => {
    loaded();
    return count(responds);
  });
  expect(all.filter(Boolean)).toHaveLength(9);
});
