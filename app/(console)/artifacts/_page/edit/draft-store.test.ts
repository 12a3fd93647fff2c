import { describe, expect, it } from "vitest";
import { type DraftStorage, writeWithinLimits } from "./draft-store";

/** The Storage of a browser with room for so many characters. */
class MemoryStorage implements DraftStorage {
  readonly texts = new Map<string, string>();
  constructor(private readonly room = Number.POSITIVE_INFINITY) {}
  get length() {
    return this.texts.size;
  }
  key(at: number) {
    return [...this.texts.keys()][at] ?? null;
  }
  getItem(name: string) {
    return this.texts.get(name) ?? null;
  }
  setItem(name: string, text: string) {
    if (text.length > this.room) throw new DOMException("full", "QuotaExceededError");
    this.texts.set(name, text);
  }
  removeItem(name: string) {
    this.texts.delete(name);
  }
}

const nameOf = (at: number) => `vitrine draft ${at}`;

function draftText(at: number, characters = 0): string {
  const began = new Date(Date.UTC(2026, 10, 29, 9, at)).toISOString();
  return JSON.stringify({ began, adopted: [], rows: [], description: "x".repeat(characters) });
}

describe("drafts in storage", () => {
  it("are the 20 last begun, and leave other entries alone", () => {
    const storage = new MemoryStorage();
    storage.setItem("theme", "dark");
    for (let at = 0; at < 25; at += 1) writeWithinLimits(storage, nameOf(at), draftText(at));
    expect([...storage.texts.keys()]).toEqual(["theme", ...Array.from({ length: 20 }, (_, at) => nameOf(at + 5))]);
    writeWithinLimits(storage, nameOf(9), draftText(9, 10));
    expect(storage.length).toBe(21);
  });

  it("have 1.5 million characters together; the oldest are deleted", () => {
    const storage = new MemoryStorage();
    for (const at of [0, 1, 2]) writeWithinLimits(storage, nameOf(at), draftText(at, 600_000));
    expect([...storage.texts.keys()]).toEqual([nameOf(1), nameOf(2)]);
  });

  it("do not keep an older state where the browser has no room for the new one", () => {
    const storage = new MemoryStorage(1000);
    writeWithinLimits(storage, nameOf(1), draftText(1));
    writeWithinLimits(storage, nameOf(1), draftText(1, 2000));
    expect(storage.length).toBe(0);
  });
});
