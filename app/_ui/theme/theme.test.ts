import { expect, it } from "vitest";
import { parseTheme } from "./theme";

it.each([
  ["light", "light"],
  ["dark", "dark"],
  ["system", "system"],
  ["sepia", "system"],
  ["", "system"],
  [undefined, "system"],
])("reads the cookie %j as %s", (value, theme) => {
  expect(parseTheme(value)).toBe(theme);
});
