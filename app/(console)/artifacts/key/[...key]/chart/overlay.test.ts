import fc from "fast-check";
import { expect, it } from "vitest";
import { type Overlay, overlayParam, parseOverlays } from "./overlay";

it("are kept by the URL, whatever their names are", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
  const overlay: fc.Arbitrary<Overlay> = fc.oneof(fc.record({ key: name }), fc.record({ field: name }));
  const overlays = fc.uniqueArray(overlay, { selector: (each) => JSON.stringify(each), maxLength: 4 });
  fc.assert(
    fc.property(overlays, (overlays) => {
      expect(parseOverlays(overlayParam(overlays))).toEqual(overlays);
    }),
  );
});

it("leaves out what is not the name of a line, repeated ones, and those beyond the fourth", () => {
  expect(parseOverlays(["", "key:", "x:y", "field:a", "field:a", "key:a"])).toEqual([{ field: "a" }, { key: "a" }]);
  expect(parseOverlays(["key:1", "key:2", "key:3", "key:4", "key:5"])).toHaveLength(4);
});
