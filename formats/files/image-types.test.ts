import { expect, it } from "vitest";
import { isAnimated, isImageFile } from "./image-types";

it.each([
  ["a.bin", "image/png", true],
  ["a.PNG", "application/octet-stream", true],
  ["a.png", "text/plain", false],
  ["png", "application/octet-stream", false],
])("%s of the type %s", (path, mediaType, expected) => {
  expect(isImageFile({ path, mediaType, size: 1, sha256: "" })).toBe(expected);
});

it.each([
  ["GIF89a", true],
  ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0acTL", true],
  ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0IDAT", false],
  ["RIFF\0\0\0\0WEBPVP8X\n\0\0\0\x02", true],
  ["RIFF\0\0\0\0WEBPVP8X\n\0\0\0\x10", false],
  ["RIFF\0\0\0\0WEBPVP8L", false],
  ["\0\0\0\x20ftypavis", true],
  ["\xff\xd8", false],
])("whether %j moves: %s", (head, moves) => {
  expect(isAnimated(Buffer.from(head, "latin1"))).toBe(moves);
});
