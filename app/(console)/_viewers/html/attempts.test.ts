import { expect, it } from "vitest";
import { listed, NO_ATTEMPTS, webAddress, withAttempt } from "./attempts";

const after = (...messages: unknown[]) => messages.reduce(withAttempt, NO_ATTEMPTS);

it("what a report tried is listed once by what it is", () => {
  const load = { blocked: "https://a.example/x.js", by: "script-src-elem" };
  expect(
    after(
      load,
      load,
      { blocked: "http://h/sandbox/TOKEN.x/data.json", by: "connect-src" },
      { blocked: "", by: "popup" },
    ),
  ).toEqual({ loads: ["https://a.example/x.js", "data.json"], opens: ["another address"], link: null });
  expect(after({ link: "https://a.example/" }).link).toBe("https://a.example/");
});

it("what is not a report is ignored, and much is not kept", () => {
  for (const message of [null, "blocked", 5, {}, { blocked: 5, by: "x" }, { blocked: "x" }, { link: {} }]) {
    expect(after(message)).toBe(NO_ATTEMPTS);
  }
  const { loads } = after(
    ...Array.from({ length: 100 }, (_, n) => ({ blocked: `${n}${"x".repeat(9999)}`, by: "img-src" })),
  );
  expect([loads.length, Math.max(...loads.map(({ length }) => length))]).toEqual([20, 160]);
  expect(listed(loads.slice(0, 5))).toMatch(/ and 2 more$/);
  expect(listed(loads)).toMatch(/ and many more$/);
});

it.each([
  ["https://a.example", "https://a.example/"],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["https://", null],
  [`https://h:8443/sandbox/a.${"b".repeat(43)}/index.html?x`, null],
  [`https://h./sandbox/a.${"b".repeat(43)}`, null],
  ["https://h/sandbox/docs/", "https://h/sandbox/docs/"],
])("the link %j may be opened as %j", (link, address) => {
  expect(webAddress(link)).toBe(address);
});
