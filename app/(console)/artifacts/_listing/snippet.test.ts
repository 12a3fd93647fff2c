import { expect, it } from "vitest";
import { LANGUAGES, snippet } from "./snippet";

const address = "http://127.0.0.1:4400";

it.each(LANGUAGES)("the %s code names this server, and a key only where one is asked for", (language) => {
  const open = snippet(language, { address, keyed: false });
  expect(open).toContain(`${address}/api/trpc/artifact.create`);
  expect(open).not.toContain("authorization");
  expect(snippet(language, { address, keyed: true })).toMatch(/authorization["']?: ?["']?Bearer YOUR-API-KEY/);
});
