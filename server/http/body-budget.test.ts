import { expect, test } from "vitest";
import { createShare } from "./body-budget";

const MIB = 1024 * 1024;

test("large bodies have their turn one by one, in the order of arrival", async () => {
  const begun: string[] = [];
  const names = ["first", "second", "third"];
  const shares = names.map((name) => {
    const share = createShare(name);
    share.take(60 * MIB);
    return share;
  });
  const turns = shares.map((share, index) => share.turn().then(() => begun.push(names[index] ?? "")));
  for (const [index, share] of shares.entries()) {
    await turns[index];
    expect(begun).toEqual(names.slice(0, index + 1));
    share.release();
  }
});

test("bodies that fit together have their turns together", async () => {
  const shares = ["one", "other"].map((name) => createShare(name));
  for (const share of shares) {
    share.take(40 * MIB);
    await share.turn();
  }
  for (const share of shares) share.release();
});
