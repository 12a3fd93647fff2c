import { describe, expect, it } from "vitest";
import { hexRow } from "./hex-file";

describe("hexRow", () => {
  it("has the offset, the bytes and their ASCII, and keeps its width at the end", () => {
    const bytes = Uint8Array.from([...Buffer.from("0123456789abcdefPK"), 0, 255]);
    expect(hexRow(bytes, 0, 16)).toEqual({
      offset: "00000000",
      hex: "30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66",
      ascii: "0123456789abcdef",
    });
    const last = hexRow(bytes, 1, 16);
    expect(last).toMatchObject({ offset: "00000010", ascii: "PK.." });
    expect(last.hex.trimEnd()).toBe("50 4b 00 ff");
    expect(last.hex).toHaveLength(48);
  });
});
