import { formatCount } from "#formats/number";
import { align } from "./align";
import type { Budget } from "./budget";
import { type TextDifference, textDifference } from "./text";
import type { DocumentPart, PartedDocument, PartOutput } from "./values/document";

/** A part of a document that differs; what is the same in it is null. */
export interface PartChange {
  op: "added" | "removed" | "changed";
  kind: string;
  /** Its number, from 1; null on the side that lacks it. */
  from: number | null;
  to: number | null;
  text: TextDifference | null;
  output: TextDifference | null;
  /** Images that it put out, as URLs. */
  images: ImageChange[];
}

export interface ImageChange {
  from: string | null;
  to: string | null;
}

export interface PartsDifference {
  kind: "parts";
  noun: PartedDocument["noun"];
  /** In order, at most 1,000; the counts are of all. */
  parts: PartChange[];
  added: number;
  removed: number;
  /** Those with another text. */
  changed: number;
  /** Those on both sides that put out something else. */
  outputs: number;
  same: number;
}

const MAX_LISTED = 1000;
/** Of more pairs, parts that replace each other are paired in order. */
const MAX_PAIRS = 10_000;
/** The share of words that two parts need in common to be one that was changed. */
const MIN_SIMILARITY = 0.35;
/** How many words of a part are looked at for that. */
const MAX_WORDS = 500;

/** Compares two documents part by part: parts are paired by their text, then by their names, then by what they have in common. */
export function partsDifference(from: PartedDocument, to: PartedDocument, budget: Budget): PartsDifference {
  const difference: PartsDifference = {
    ...{ kind: "parts", noun: to.noun, parts: [] },
    ...{ added: 0, removed: 0, changed: 0, outputs: 0, same: 0 },
  };
  for (const pair of pairsOf(from.parts, to.parts, budget)) {
    const change = changeOf(from.parts, to.parts, pair, budget);
    if (!change) {
      difference.same += 1;
      continue;
    }
    if (change.op !== "changed") difference[change.op] += 1;
    else {
      if (change.text) difference.changed += 1;
      if (change.output || change.images.length > 0) difference.outputs += 1;
    }
    if (difference.parts.length < MAX_LISTED) difference.parts.push(change);
    else budget.note(`Only the first ${formatCount(MAX_LISTED)} changes are listed; all are counted.`);
  }
  return difference;
}

/** `Code cell 3`, or with both numbers where they differ. */
export function partName(noun: PartedDocument["noun"], { kind, from, to }: PartChange): string {
  const name = kind === "" ? noun : `${kind} ${noun}`;
  const numbers = from !== null && to !== null && from !== to ? `${from} → ${to}` : `${to ?? from}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${numbers}`;
}

/** The positions of a part on both sides; null on the side that lacks it. */
type Pair = [from: number, to: number] | [from: number, to: null] | [from: null, to: number];

function pairsOf(from: DocumentPart[], to: DocumentPart[], budget: Budget): Pair[] {
  return align(from.map(keyOf), to.map(keyOf), budget).flatMap((run): Pair[] => {
    const [[fromStart, fromEnd], [toStart, toEnd]] = [run.from, run.to];
    if (run.same) return Array.from({ length: fromEnd - fromStart }, (_, at) => [fromStart + at, toStart + at]);
    const pairs = pairsByContent(from.slice(fromStart, fromEnd), to.slice(toStart, toEnd));
    return pairs.map(([left, right]) => shifted(left, right, fromStart, toStart));
  });
}

function shifted(left: number | null, right: number | null, fromStart: number, toStart: number): Pair {
  if (left === null) return [null, (right ?? 0) + toStart];
  return right === null ? [left + fromStart, null] : [left + fromStart, right + toStart];
}

function keyOf({ kind, text }: DocumentPart): string {
  return `${kind}\n${text}`;
}

/** Pairs parts that replace each other, in order, so that what the pairs have in common is the most. */
function pairsByContent(from: DocumentPart[], to: DocumentPart[]): Pair[] {
  if (from.length * to.length > MAX_PAIRS) return pairsInOrder(from.length, to.length);
  const [before, after] = [from.map(wordsOf), to.map(wordsOf)];
  const likeness = (left: number, right: number) => {
    const [older, newer] = [from[left], to[right]];
    if (!older || !newer || older.kind !== newer.kind) return 0;
    if (older.id !== null && older.id === newer.id) return 2;
    const share = shareOf(before[left] ?? NO_WORDS, after[right] ?? NO_WORDS);
    return share < MIN_SIMILARITY ? 0 : share;
  };
  // The best sum for the parts from these positions on.
  const best = Array.from({ length: from.length + 1 }, () => new Float64Array(to.length + 1));
  const at = (left: number, right: number) => best[left]?.[right] ?? 0;
  const scores = from.map((_, left) => to.map((_, right) => likeness(left, right)));
  const pairScore = (left: number, right: number) => {
    const score = scores[left]?.[right] ?? 0;
    return score === 0 ? 0 : score + at(left + 1, right + 1);
  };
  for (let left = from.length - 1; left >= 0; left -= 1) {
    const row = best[left];
    if (!row) continue;
    for (let right = to.length - 1; right >= 0; right -= 1) {
      row[right] = Math.max(at(left + 1, right), at(left, right + 1), pairScore(left, right));
    }
  }
  const pairs: Pair[] = [];
  let [left, right] = [0, 0];
  while (left < from.length || right < to.length) {
    const score = left < from.length && right < to.length ? pairScore(left, right) : 0;
    if (score > 0 && score === at(left, right)) pairs.push([left++, right++]);
    else if (left < from.length && (right === to.length || at(left + 1, right) === at(left, right)))
      pairs.push([left++, null]);
    else pairs.push([null, right++]);
  }
  return pairs;
}

function pairsInOrder(from: number, to: number): Pair[] {
  return Array.from({ length: Math.max(from, to) }, (_, at): Pair => {
    if (at >= from) return [null, at];
    return at < to ? [at, at] : [at, null];
  });
}

interface Words {
  counts: Map<string, number>;
  size: number;
}

const NO_WORDS: Words = { counts: new Map(), size: 0 };

function wordsOf({ text }: DocumentPart): Words {
  const words = (text.slice(0, 20 * MAX_WORDS).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []).slice(0, MAX_WORDS);
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, size: words.length };
}

/** What two parts have in common, from 0 to 1. */
function shareOf(one: Words, other: Words): number {
  let common = 0;
  for (const [word, count] of one.counts) common += Math.min(count, other.counts.get(word) ?? 0);
  return common === 0 ? 0 : (2 * common) / (one.size + other.size);
}

const NO_OUTPUT: PartOutput = { text: "", html: "", images: [] };

/** Null of a part that is the same. */
function changeOf(from: DocumentPart[], to: DocumentPart[], [left, right]: Pair, budget: Budget): PartChange | null {
  const [older, newer] = [left === null ? undefined : from[left], right === null ? undefined : to[right]];
  const [before, after] = [older?.output ?? NO_OUTPUT, newer?.output ?? NO_OUTPUT];
  const text = textChange(older?.text ?? "", newer?.text ?? "", budget);
  const output = textChange(before.text, after.text, budget) ?? textChange(before.html, after.html, budget);
  const images = imageChanges(before.images, after.images);
  const isOnBoth = older !== undefined && newer !== undefined;
  if (isOnBoth && !text && !output && images.length === 0) return null;
  return {
    op: isOnBoth ? "changed" : older ? "removed" : "added",
    kind: (newer ?? older)?.kind ?? "",
    from: left === null ? null : left + 1,
    to: right === null ? null : right + 1,
    text,
    output,
    images,
  };
}

function textChange(from: string, to: string, budget: Budget): TextDifference | null {
  return from === to ? null : textDifference(from, to, budget);
}

function imageChanges(from: string[], to: string[]): ImageChange[] {
  const changes = Array.from({ length: Math.max(from.length, to.length) }, (_, at) => ({
    from: from[at] ?? null,
    to: to[at] ?? null,
  }));
  return changes.filter((change) => change.from !== change.to);
}
