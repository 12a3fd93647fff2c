"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { Draft } from "./draft";
import { DRAFT_PREFIX, draftName } from "./draft-name";

/** Older drafts are deleted beyond so many, and beyond so many characters of JSON together. */
const MAX_DRAFTS = 20;
const MAX_CHARACTERS = 1_500_000;
/** In milliseconds: a keystroke need not write at once, since the memory has the draft. */
const WRITE_DELAY = 300;

/** Every draft that this page read or wrote; null for none. */
const memory = new Map<string, Draft | null>();
const listeners = new Set<() => void>();
const unwritten = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Stores the draft for a version in this browser tab; null deletes it. */
export function storeDraft(id: string, draft: Draft | null) {
  memory.set(id, draft);
  unwritten.add(id);
  if (draft === null) write();
  else {
    window.addEventListener("pagehide", write);
    timer ??= setTimeout(write, WRITE_DELAY);
  }
  for (const listener of listeners) listener();
}

/** Writes drafts at once when the form is closed, so that other pages find them. */
export function useWrittenDrafts() {
  useEffect(() => write, []);
}

/** The draft for a version that was neither saved nor discarded in this tab. */
export function useDraft(id: string): Draft | null {
  return useSyncExternalStore(
    subscribe,
    () => readDraft(id),
    () => null,
  );
}

function readDraft(id: string): Draft | null {
  const known = memory.get(id);
  if (known !== undefined) return known;
  const draft = parseDraft(sessionStorage.getItem(draftName(id)));
  memory.set(id, draft);
  return draft;
}

/** Writes what is only in memory yet. */
function write() {
  clearTimeout(timer);
  timer = undefined;
  for (const id of unwritten) {
    const draft = memory.get(id);
    if (draft) writeWithinLimits(sessionStorage, draftName(id), JSON.stringify(draft));
    else sessionStorage.removeItem(draftName(id));
  }
  unwritten.clear();
}

/** Where drafts are stored: what this file uses of a Storage. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Writes a draft, and deletes the oldest others beyond the limits. One that does not fit alone stays in memory only. */
export function writeWithinLimits(storage: DraftStorage, name: string, text: string) {
  const others = draftNames(storage)
    .filter((each) => each !== name)
    .map((each) => ({ name: each, text: storage.getItem(each) ?? "" }))
    .map((each) => ({ ...each, began: /"began":"([^"]*)"/.exec(each.text)?.[1] ?? "" }))
    .sort((a, b) => b.began.localeCompare(a.began));
  let characters = text.length;
  for (const [at, other] of others.entries()) {
    characters += other.text.length;
    if (at >= MAX_DRAFTS - 1 || characters > MAX_CHARACTERS) storage.removeItem(other.name);
  }
  try {
    storage.setItem(name, text);
  } catch {
    // The browser's own limit: an older state of the draft must not be restored in place of this one.
    storage.removeItem(name);
  }
}

function draftNames(storage: DraftStorage): string[] {
  return Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "").filter((name) =>
    name.startsWith(DRAFT_PREFIX),
  );
}

/** Null for no text, and for one of another version of this program. */
function parseDraft(text: string | null): Draft | null {
  if (text === null) return null;
  const draft: Draft | null = JSON.parse(text);
  return draft !== null && Array.isArray(draft.adopted) && Array.isArray(draft.rows) ? draft : null;
}
