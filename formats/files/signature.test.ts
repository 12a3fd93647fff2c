import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { formatByContent, isText } from "./signature";

const bytes = (latin1: string) => Uint8Array.from(Buffer.from(latin1, "latin1"));
const zip = (entry: string) => bytes(`PK\x03\x04${"\0".repeat(26)}${entry}`);

describe("formatByContent", () => {
  it.each([
    ["gzip data", gzipSync("hello")],
    ["PDF document", bytes("%PDF-1.7\n")],
    ["SQLite database", bytes("SQLite format 3\0\x10")],
    ["ELF program", bytes("\x7fELF\x02\x01")],
    ["NumPy array", bytes("\x93NUMPY\x01\0")],
    ["Python pickle, protocol 4", bytes("\x80\x04\x95")],
    ["ZIP archive", zip("data/a.csv")],
    ["Microsoft Office document (ZIP archive)", zip("[Content_Types].xml")],
    ["PyTorch model (ZIP archive)", zip("model/data.pkl")],
    ["NumPy arrays (ZIP archive)", zip("weights.npy")],
    ["tar archive", bytes(`a.txt${"\0".repeat(252)}ustar`)],
    ["WAV audio", bytes("RIFF\x24\0\0\0WAVEfmt ")],
    ["AVIF image", bytes("\0\0\0\x1cftypavif")],
    ["MPEG-4 video", bytes("\0\0\0\x20ftypisom")],
    ["WebM video", bytes("\x1aE\xdf\xa3\x9f\x42\x82\x84webm")],
    ["safetensors model", bytes('\x40\0\0\0\0\0\0\0{"a":{}}')],
    ["TIFF image", bytes("II*\0\x08")],
    ["zero bytes", new Uint8Array(600)],
    ["text in UTF-8", new TextEncoder().encode("Größe\tb\n")],
    [null, deflateRawSync(Buffer.from("unlikely to be anything that is known"))],
    [null, bytes("")],
  ])("is %s", (name, head) => {
    expect(formatByContent(Uint8Array.from(head))).toBe(name);
  });
});

describe("isText", () => {
  it("allows a character that is cut off, and no invalid or control ones", () => {
    expect(isText(Uint8Array.from([0x61, 0xc3]))).toBe(true);
    expect(isText(Uint8Array.from([0xc3, 0x61]))).toBe(false);
    expect(isText(bytes("a\0b"))).toBe(false);
    expect(isText(bytes("\x1b[1mbold"))).toBe(true);
  });
});
