import type { Database } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { count, facets, firstPage, list, type Noun, SORTS } from "../queries/calls";
import type { Draws } from "../queries/draws";
import { filters } from "../queries/filters";
import { laterPages } from "../queries/positions";

/** A filled database to be measured. */
export interface World {
  size: number;
  db: Database;
  draws: Draws;
}

/** One query at one size. */
export interface ScaleCase {
  size: number;
  db: Database;
  /** The table it stands in. */
  section: Section;
  name: string;
  /** Whether the aims are for it. */
  named: boolean;
  run(): Promise<unknown>;
}

export type Section = "point" | "artifact" | "collection" | "artifact sorts" | "collection sorts";

/** How far a bounded count goes. */
export const BOUND = 10_000;

/** All that is measured at one size. */
export async function casesOf({ size, db, draws }: World): Promise<ScaleCase[]> {
  const one = (section: Section, name: string, named: boolean, run: () => Promise<unknown>): ScaleCase => ({
    size,
    db,
    section,
    name: `${section}: ${name}`,
    named,
    run,
  });
  const cases = [
    one("point", "read by id", true, () => artifacts.read(db, { id: draws.ids() }, JSON.parse)),
    one("point", "read by key and version 1", true, () =>
      artifacts.read(db, { key: draws.keys(), version: 1 }, JSON.parse),
    ),
    one("point", "latest by key", true, () => artifacts.latest(db, draws.keys(), JSON.parse)),
  ];
  for (const noun of ["artifact", "collection"] as const) {
    for (const { name, named, where } of filters(draws)) {
      const asks = (verb: string, inAims: boolean, run: () => Promise<unknown>) =>
        cases.push(one(noun, `${name} · ${verb}`, inAims && named, run));
      asks("page", true, () => firstPage(db, noun, where(), "CREATED_DESC"));
      asks(`count ≤ ${BOUND}`, false, () => count(db, noun, where(), BOUND));
      asks("count", false, () => count(db, noun, where()));
      asks("facets", false, () => facets(db, noun, where()));
      for (const sort of named ? SORTS : []) {
        cases.push(one(`${noun} sorts`, `${name} · ${sort}`, true, () => firstPage(db, noun, where(), sort)));
      }
    }
    cases.push(...(await walks(noun, db, one)));
  }
  return cases;
}

async function walks(
  noun: Noun,
  db: Database,
  one: (section: Section, name: string, named: boolean, run: () => Promise<unknown>) => ScaleCase,
): Promise<ScaleCase[]> {
  const total = await count(db, noun, undefined);
  const cases: ScaleCase[] = [];
  for (const sort of SORTS) {
    const { middle, last } = await laterPages(db, noun, sort);
    cases.push(one(`${noun} sorts`, `page in the middle · ${sort}`, true, middle));
    cases.push(one(`${noun} sorts`, `last page · ${sort}`, true, last));
    const deep = () => list(db, noun, undefined, sort, Math.floor(total / 2));
    cases.push(one(`${noun} sorts`, `list at offset of the middle · ${sort}`, false, deep));
  }
  return cases;
}
