import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ColouredText } from "./coloured-text";
import { hasEscapes, withoutEscapes } from "./escapes";

const html = (text: string) => renderToStaticMarkup(<ColouredText text={text} />);

describe("withoutEscapes", () => {
  it.each([
    ["a \u001b[31mred\u001b[0m", "a red"],
    ["\u001b[38;5;200m\u001b[1mx\u001b[m", "x"],
    ["\u001b[2K\u001b[1Gx", "x"],
    ["\u001b]8;;https://a.b\u0007link\u001b]8;;\u0007", "link"],
    ["\u009b31mx", "x"],
    ["[31m is no escape", "[31m is no escape"],
  ])("of %j is %j", (text, plain) => {
    expect(withoutEscapes(text)).toBe(plain);
    expect(hasEscapes(plain)).toBe(false);
  });
});

describe("ColouredText", () => {
  it.each([
    ["a \u001b[31mred\u001b[0m b", 'a <span class="ansi-red">red</span> b'],
    ["\u001b[1;92mx\u001b[39my", '<span class="ansi-green ansi-bold">x</span><span class="ansi-bold">y</span>'],
    ["\u001b[7mx", '<span class="ansi-black ansi-bg-white">x</span>'],
    ["\u001b[38;2;1;2;3mx", '<span class="" style="color:rgb(1, 2, 3)">x</span>'],
    ["\u001b[38;5;196mx", '<span class="" style="color:rgb(255,0,0)">x</span>'],
    ["\u001b[48;5;244mx", '<span class="" style="background-color:rgb(128,128,128)">x</span>'],
    ["<b>\u001b[31m</b>", '&lt;b&gt;<span class="ansi-red">&lt;/b&gt;</span>'],
    ["a\u001b[2Kb", "ab"],
  ])("of %j is %s", (text, expected) => {
    expect(html(text)).toBe(expected);
  });
});
