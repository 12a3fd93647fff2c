import { expect, it } from "vitest";
import { createBudget } from "#diff/budget";
import { parse } from "../../../../_viewers/markdown/parse/parse";
import { elementsIn, textIn } from "../../../../_viewers/markdown/parse/tree";
import { mergeDocuments } from "./merge";

function merged(from: string, to: string) {
  const read = (text: string) => parse(text, { anchors: false });
  return mergeDocuments(read(from), read(to), createBudget(5000));
}

/** Each change: its tag, its kind and its text with `[-removed-]` and `{+added+}` words. */
function changesOf(from: string, to: string): string[] {
  return merged(from, to).flatMap((root) => {
    if (root.type !== "element") return [];
    return [...elementsIn(root)]
      .filter(({ properties }) => properties.dataChange === "")
      .map((element) => {
        const copy = structuredClone(element);
        for (const { tagName, children } of elementsIn(copy)) {
          const [text] = children;
          if (text?.type !== "text") continue;
          if (tagName === "del") text.value = `[-${text.value}-]`;
          if (tagName === "ins") text.value = `{+${text.value}+}`;
        }
        return `${element.tagName} ${String(element.properties.className)}: ${textIn(copy)}`;
      });
  });
}

it("marks the words that changed in a paragraph, a heading, an item and a cell", () => {
  const from =
    "# A title\n\nOne two *three* four.\n\n- first item here\n- second item\n\n| a | b |\n|---|---|\n| 1 row | 2 |\n";
  const to =
    "# A new title\n\nOne two *three* five.\n\n- first item there\n- second item\n\n| a | b |\n|---|---|\n| 1 row | 3 |\n";
  expect(changesOf(from, to)).toEqual([
    "h2 depth-1,diff-changed: A {+new +}title",
    "p diff-changed: One two three [-four-]{+five+}.",
    "li diff-changed: first item [-here-]{+there+}",
    "td diff-changed: [-2-]{+3+}",
  ]);
});

it("marks blocks that were added or removed as a whole", () => {
  expect(changesOf("One.\n\nGone for good.\n\nEnd.", "One.\n\nEnd.\n\n```\ncode\n```")).toEqual([
    "p diff-removed: Gone for good.",
    "div diff-added: code\n",
  ]);
});

it("shows a rewritten block before the one that replaced it", () => {
  expect(changesOf("Same.\n\nAlpha beta gamma.\n\nEnd.", "Same.\n\nOne two three.\n\nEnd.")).toEqual([
    "p diff-removed: Alpha beta gamma.",
    "p diff-added: One two three.",
  ]);
});

it("marks a block of which only the form changed", () => {
  expect(changesOf("See the *text* here", "See the **text** here")).toEqual(["p diff-changed: See the text here"]);
});

it("has no change for equal documents, and keeps every block of the new one", () => {
  const text = "# A\n\n> quote\n\n1. x\n2. y\n";
  expect(changesOf(text, text)).toEqual([]);
  expect(merged("", text).map(textIn).join("").replace(/\s/g, "")).toBe("Aquotexy");
});

it("keeps the text of both sides", () => {
  const from = "Some words that stay and **some that go** away.\n\nAnother paragraph.";
  const to = "Some words that stay and **others that come** in.\n\nAnother new paragraph, and more.";
  const side = (drop: string) =>
    merged(from, to)
      .map((root) => {
        const copy = structuredClone(root);
        if (copy.type === "element") for (const each of elementsIn(copy)) if (each.tagName === drop) each.children = [];
        return textIn(copy);
      })
      .join("\n");
  expect(side("ins")).toBe("Some words that stay and some that go away.\nAnother paragraph.");
  expect(side("del")).toBe("Some words that stay and others that come in.\nAnother new paragraph, and more.");
});
