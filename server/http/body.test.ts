import { describe, expect, it } from "vitest";
import { decodeUtf8, expectJson, expectUncompressed } from "./body";
import { NodeHeaders } from "./node";

const withType = (type: string) => new NodeHeaders(["Content-Type", type]);
const JSON_RULE = "Send the body as application/json in UTF-8.";
const UTF8_RULE = "Send the body in UTF-8.";

describe("a body", () => {
  it.each([
    "application/json",
    "Application/JSON; charset=utf-8",
    'application/json;charset="UTF8"',
    "application/json;",
  ])("is accepted as %s", (type) => {
    expect(() => expectJson(withType(type))).not.toThrow();
  });

  it.each([
    ["", JSON_RULE],
    ["text/plain", JSON_RULE],
    ["application/json; boundary=x", JSON_RULE],
    ["application/json; charset=latin1", UTF8_RULE],
    ["text/csv; charset=", UTF8_RULE],
  ])("is rejected as %j with the rule", (type, message) => {
    expect(() => expectJson(withType(type))).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_MEDIA_TYPE", message }),
    );
  });

  it("is rejected where it is compressed", () => {
    const check = (encoding: string) => () => expectUncompressed(new NodeHeaders(["Content-Encoding", encoding]));
    expect(check("Identity")).not.toThrow();
    expect(check("gzip")).toThrow("Send the body without Content-Encoding.");
  });

  it.each([
    [Buffer.from([0xc3, 0x28]), "Send well-formed UTF-8."],
    [Buffer.from("\ufeff{}"), "Send JSON without a byte order mark."],
  ])("is rejected where its bytes are not plain UTF-8", async (bytes, message) => {
    await expect(decodeUtf8(bytes)).rejects.toMatchObject({ code: "BAD_REQUEST", message });
  });
});
