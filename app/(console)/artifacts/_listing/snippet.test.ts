import { describe, expect, it } from "vitest";
import { LANGUAGES, snippet } from "./snippet";

const url = "http://127.0.0.1:4400";

describe.each(LANGUAGES)("the %s snippet", (language) => {
  it("calls this server", () => {
    expect(snippet(language, { url, needsApiKey: false })).toContain(`${url}/api/trpc/artifact.create`);
  });

  it("sends an API key only where the server needs one", () => {
    expect(snippet(language, { url, needsApiKey: false })).not.toContain("authorization");
    expect(snippet(language, { url, needsApiKey: true })).toMatch(/authorization["']?: ?["']?Bearer YOUR-API-KEY/);
  });

  it("publishes under a key that the server accepts", () => {
    expect(snippet(language, { url, needsApiKey: false })).toMatch(/"?key"?: "first-report"/);
  });
});
