import { expect, it } from "vitest";
import { safeUrl } from "./links";

it.each([
  ["https://example.org/a", "https://example.org/a"],
  ["HTTP://example.org", "HTTP://example.org"],
  ["mailto:a@example.org", "mailto:a@example.org"],
  ["javascript:alert(1)", null],
  ["file:///etc/passwd", null],
  ["ftp://example.org", null],
  ["//example.org", null],
  [undefined, null],
])("an address that may be opened: %s", (url, expected) => {
  expect(safeUrl(url)).toBe(expected);
});
