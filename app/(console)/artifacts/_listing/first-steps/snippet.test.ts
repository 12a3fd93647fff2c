import { describe, expect, it } from "vitest";
import { LANGUAGES, snippet } from "./snippet";

const url = "http://127.0.0.1:4400";

describe.each(LANGUAGES)("the %s snippet", (language) => {
  it("publishes to this server", () => {
    expect(snippet(language, { url, needsApiKey: false })).toContain(url);
  });

  it("has an API key only where the server needs one", () => {
    expect(snippet(language, { url, needsApiKey: false })).not.toMatch(/api.?key|authorization|auth_string/i);
    expect(snippet(language, { url, needsApiKey: true })).toContain("YOUR-API-KEY");
  });
});

it.each(LANGUAGES.filter((language) => language !== "Prefect"))("%s publishes a first report", (language) => {
  expect(snippet(language, { url, needsApiKey: false })).toContain("first-report");
});
