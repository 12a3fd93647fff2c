import { describe, expect, it } from "vitest";
import { isImageUrl, parseLink, safeUrl } from "./url";

describe("parseLink", () => {
  it.each([
    [
      { url: "https://a.b", text: "A" },
      { url: "https://a.b", text: "A" },
    ],
    [{ url: "https://a.b" }, { url: "https://a.b", text: "https://a.b" }],
    [
      { url: "https://a.b", text: "" },
      { url: "https://a.b", text: "https://a.b" },
    ],
    [
      { url: "https://a.b", text: 1 },
      { url: "https://a.b", text: "https://a.b" },
    ],
    [{ url: "" }, { url: "", text: "" }],
    ["[A](https://a.b)", { url: "https://a.b", text: "A" }],
    [" [A b]( https://a.b ) ", { url: "https://a.b", text: "A b" }],
    ["[](https://a.b)", { url: "https://a.b", text: "https://a.b" }],
    ["[A](<https://a.b>)", { url: "https://a.b", text: "A" }],
    ['[A](https://a.b "title")', { url: "https://a.b", text: "A" }],
    ['[A](https://a.b  "")', { url: "https://a.b", text: "A" }],
    ["[A](/path)", { url: "/path", text: "A" }],
    ["https://a.b", { url: "https://a.b", text: "https://a.b" }],
    [" http://a.b\n", { url: "http://a.b", text: "http://a.b" }],
  ])("of %j is %j", (data, link) => {
    expect(parseLink(data)).toEqual(link);
  });

  it.each([
    ["some words"],
    ["see https://a.b"],
    ["https://a.b c"],
    ["https://"],
    ["ftp://a.b"],
    ["see [A](https://a.b)"],
    ["[A](https://a.b) too"],
    ["[A](https://a.b c)"],
    ["[A]()"],
    [{ text: "A" }],
    [{ url: 1 }],
    [["https://a.b"]],
    [null],
    [1],
    [true],
  ])("of %j is null", (data) => {
    expect(parseLink(data)).toBeNull();
  });
});

describe("safeUrl", () => {
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \tjava\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc",
    "//host",
    "blob:x",
    "",
  ])("of %j is null", (url) => {
    expect(safeUrl(url)).toBeNull();
  });

  it("accepts http, https and mailto", () => {
    expect(["http://a", "https://a/b?c#d", "mailto:a@b"].map((url) => safeUrl(url)?.href)).toEqual([
      "http://a/",
      "https://a/b?c#d",
      "mailto:a@b",
    ]);
  });
});

describe("isImageUrl", () => {
  it.each(["data:image/png;base64,AA", "DATA:IMAGE/svg+xml,x", "http://a/b", "HTTPS://a/b.png", "/chart.png"])(
    "accepts %s",
    (data) => {
      expect(isImageUrl(data)).toBe(true);
    },
  );

  it.each(["", "chart.png", "data:text/html,x", "ftp://a/b", "see https://a/b", " /a", "https:", 1, null, ["/a"]])(
    "rejects %j",
    (data) => {
      expect(isImageUrl(data)).toBe(false);
    },
  );
});
