import { expect, it } from "vitest";
import { logLines } from "./log-lines";

const decoder = new TextDecoder();
const read = (text: string) => {
  const { lines, coloured } = logLines(text);
  return { text: decoder.decode(lines.bytes), coloured: Array.from(lines.starts, (_, line) => coloured(line)) };
};

it("leaves the text without escape sequences", () => {
  expect(read("a\u001b[2K\nb").text).toBe("a\nb");
  expect(read("a\nb").coloured).toEqual([undefined, undefined]);
});

it("takes colours over into the lines after it, until they are reset", () => {
  const { text, coloured } = read("\u001b[31mred\nalso\u001b[0m\nplain\u001b[1m\u001b[m");
  expect(text).toBe("red\nalso\nplain");
  expect(coloured).toEqual(["\u001b[31mred", "\u001b[31malso\u001b[0m", "plain\u001b[1m\u001b[m"]);
});

it.each([
  ["1", "22"],
  ["31", "39"],
  ["44", "49"],
  ["3;4", "23;24"],
  ["38;5;200", "39"],
])("takes nothing over of %s when %s cancels it", (opening, closing) => {
  const { coloured } = read(`${`\u001b[${opening}mx\u001b[${closing}m`.repeat(100)}\nb`);
  expect(coloured[1]).toBe("b");
});

it("takes over what is in force, in one sequence", () => {
  const { text, coloured } = read(`${"\u001b[1m\u001b[31m\u001b[38;2;1;2;3m\u001b[4m".repeat(100)}a\n\u001b[0;32mb\nc`);
  expect(text).toBe("a\nb\nc");
  expect(coloured.slice(1)).toEqual(["\u001b[1;38;2;1;2;3;4m\u001b[0;32mb", "\u001b[32mc"]);
});

it("has no colours for a line that is too long", () => {
  const { coloured } = read(`\u001b[31m${"a".repeat(10_000)}\nb`);
  expect(coloured).toEqual([undefined, "\u001b[31mb"]);
});

it("shows what a carriage return left of a line", () => {
  expect(read("10 %\r50 %\r100 %\ndone\r\nend").text).toBe("100 %\ndone\nend");
});

it("shows what repeated carriage returns left of a line", () => {
  expect(read("a\r\rb\r\r\nc\r").text).toBe("b\nc");
});

it("reads many carriage returns at once", () => {
  const start = performance.now();
  expect(read(`${"\r".repeat(300_000)}a`).text).toBe("a");
  expect(performance.now() - start).toBeLessThan(2000);
});
