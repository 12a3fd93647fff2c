import fc from "fast-check";
import { expect, it } from "vitest";
import { DEFAULT_DISPLAY } from "./display";
import { displayCookie, parseDisplay } from "./display-cookie";

const read = (cookie: string) => parseDisplay(decodeURIComponent(cookie));

it("keeps any choice of columns, widths and density", () => {
  const id = fc.oneof(
    fc.constantFrom("type", "value", "size", "updated"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map((name) => `metadata.${name.toWellFormed()}`),
  );
  const column = fc.record({ id, width: fc.integer({ min: 56, max: 800 }) });
  const columns = fc.uniqueArray(column, { selector: ({ id }) => id, maxLength: 12 });
  fc.assert(
    fc.property(fc.record({ columns, isComfortable: fc.boolean() }), (display) => {
      const cookie = displayCookie(display);
      expect(cookie).toMatch(/^[\w.!~*'()%-]*$/);
      expect(read(cookie)).toEqual(display);
    }),
  );
});

it.each([undefined, "", "x", "[]", "[2]", '{"a":1}'])("has no choice for the cookie %j", (cookie) => {
  expect(parseDisplay(cookie)).toBeNull();
});

it("leaves out unknown columns and limits widths", () => {
  expect(
    parseDisplay('[0,["type",1],["size",9999],["gone",80],["metadata.",80],["type","x"],5,["toString",80]]'),
  ).toEqual({
    columns: [
      { id: "type", width: 56 },
      { id: "size", width: 800 },
    ],
    isComfortable: false,
  });
  expect(read(displayCookie(DEFAULT_DISPLAY))).toEqual(DEFAULT_DISPLAY);
});
