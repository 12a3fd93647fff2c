import { expect, it } from "vitest";
import type { ChangeMessage } from "#contract/changes";
import { createMessageLog } from "./message-log";

const changed = (key: string): ChangeMessage => ({ type: "changed", kinds: ["artifact"], keys: [key] });
const RESYNC = [{ type: "resync" }];

it("gives the messages after a position", () => {
  const log = createMessageLog("one");
  const start = log.position();
  expect(log.since(start)).toEqual([]);
  log.add(changed("a"));
  const middle = log.position();
  log.add(changed("b"));
  expect(log.since(start)).toEqual([changed("a"), changed("b")]);
  expect(log.since(middle)).toEqual([changed("b")]);
  expect(log.since(log.position())).toEqual([]);
});

it("gives a resync for a position of another process, of the future, too long ago, or none", () => {
  const log = createMessageLog("one");
  const start = log.position();
  for (const position of [undefined, "", "one", "one.", "one.x", "one.1", "two.0", "one.-1", "one.0.0"]) {
    expect(log.since(position), position).toEqual(RESYNC);
  }
  for (let n = 0; n < 256; n++) log.add(changed(`${n}`));
  expect(log.since(start)).toHaveLength(256);
  log.add(changed("last"));
  expect(log.since(start)).toEqual(RESYNC);
});
