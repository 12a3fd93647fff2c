import { COLUMNS, type Column, type Display, METADATA } from "./display";

/** Stores the display of lists in a cookie, so that the server's first paint already has it. */
export const DISPLAY_COOKIE = "artifacts-display";

export const WIDTH = { least: 56, most: 800, ofMetadata: 144 };

/** A cookie has at most 4 KiB. */
const MAX_COLUMNS = 20;
const MAX_NAME = 60;

export function displayCookie({ columns, isComfortable }: Display): string {
  return encodeURIComponent(JSON.stringify([Number(isComfortable), ...columns.map(({ id, width }) => [id, width])]));
}

/** Reads the cookie, decoded once; null where there is none, or where it is not one of this version. */
export function parseDisplay(cookie: string | undefined): Display | null {
  if (!cookie) return null;
  const parts = parsed(cookie);
  if (!Array.isArray(parts) || (parts[0] !== 0 && parts[0] !== 1)) return null;
  return { columns: validColumns(parts.slice(1)), isComfortable: parts[0] === 1 };
}

/** The columns of pairs of an id and a width, without those that are unknown. */
export function validColumns(pairs: unknown[]): Column[] {
  const columns = new Map<string, Column>();
  for (const pair of pairs.slice(0, MAX_COLUMNS)) {
    if (!Array.isArray(pair)) continue;
    const [id, width] = pair;
    if (isColumn(id) && Number.isFinite(width)) columns.set(id, { id, width: validWidth(Number(width)) });
  }
  return [...columns.values()];
}

export function isColumn(id: unknown): id is string {
  if (typeof id !== "string") return false;
  const isField = id.startsWith(METADATA) && id.length > METADATA.length && id.length <= METADATA.length + MAX_NAME;
  return isField || Object.hasOwn(COLUMNS, id);
}

export function validWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, WIDTH.least), WIDTH.most));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
