import type { Schema } from "hast-util-sanitize";
import { ALERTS } from "./alerts";

/**
 * What markdown and its HTML may contain. Of other elements the content is kept, of those in `strip` nothing. `source`
 * is left out since it loads images from hosts that the reader did not allow.
 */
export const SCHEMA: Schema = {
  tagNames: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "center", "section", "blockquote", "pre", "hr", "br", "wbr"],
    ...["ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "figure", "figcaption"],
    ...["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"],
    ...[
      "a",
      "img",
      "input",
      "span",
      "b",
      "strong",
      "i",
      "em",
      "u",
      "s",
      "strike",
      "del",
      "ins",
      "mark",
      "small",
      "big",
    ],
    ...[
      "sub",
      "sup",
      "kbd",
      "code",
      "samp",
      "var",
      "tt",
      "q",
      "cite",
      "dfn",
      "abbr",
      "time",
      "ruby",
      "rp",
      "rt",
      "bdo",
    ],
  ],
  attributes: {
    "*": ["align", "dir", "id", "lang", "title"],
    a: ["href", "name", "ariaLabel", "ariaDescribedBy", "dataFootnoteRef", "dataFootnoteBackref"],
    blockquote: [["dataAlert", ...ALERTS]],
    code: [["className", /^language-./, "math-inline", "math-display"]],
    col: ["span"],
    colgroup: ["span"],
    details: ["open"],
    h2: [["className", "sr-only"]],
    img: ["src", "alt", "width", "height"],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    li: ["value", ["className", "task-list-item"]],
    ol: ["start", "reversed", "type", ["className", "contains-task-list"]],
    section: ["dataFootnotes", ["className", "footnotes"]],
    td: ["colSpan", "rowSpan"],
    th: ["colSpan", "rowSpan", "scope"],
    time: ["dateTime"],
    ul: [["className", "contains-task-list"]],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["http", "https", "data"] },
  ancestors: Object.fromEntries(
    ["caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"].map((name) => [name, ["table"]]),
  ),
  required: { input: { type: "checkbox", disabled: true } },
  clobber: ["ariaDescribedBy", "id", "name"],
  strip: ["script", "style", "svg", "iframe", "noembed", "noframes", "object", "applet", "textarea", "title"],
};

/** Elements that keep nothing apart: without them the nesting of the others is still valid. */
const TRANSPARENT = ["font", "picture", "source"];
const KEEPS_NESTING = new Set([...(SCHEMA.tagNames ?? []), ...(SCHEMA.strip ?? []), ...TRANSPARENT]);

/** Whether the nesting around an element is valid once the schema is applied to it. */
export function keepsNesting(tagName: string): boolean {
  return KEEPS_NESTING.has(tagName);
}
