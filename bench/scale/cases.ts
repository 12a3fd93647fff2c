import type { Database } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { count, facets, firstPage, list, type Noun, SORTS } from "../queries/calls";
import { filters } from "../queries/filters";
import { laterPages } from "../queries/later-pages";
import type { Samples } from "../queries/samples";

export interface SizedDatabase {
  size: number;
  db: Database;
  samples: Samples;
}

export interface ScaleCase {
  size: number;
  db: Database;
  /** The table of the report. */
  section: Section;
  name: string;
  /** Whether the targets apply to it. */
  named: boolean;
  run(): Promise<unknown>;
}

export type Section = "point" | "artifact" | "collection" | "artifact sorts" | "collection sorts";

/** Limit of the bounded counts. */
export const COUNT_LIMIT = 10_000;

export async function scaleCases({ size, db, samples }: SizedDatabase): Promise<ScaleCase[]> {
  const newCase = (section: Section, name: string, named: boolean, run: () => Promise<unknown>): ScaleCase => ({
    size,
    db,
    section,
    name: `${section}: ${name}`,
    named,
    run,
  });
  const cases = [
    newCase("point", "read by id", true, () => artifacts.read(db, { id: samples.ids() })),
    newCase("point", "read by key and version 1", true, () => artifacts.read(db, { key: samples.keys(), version: 1 })),
    newCase("point", "latest by key", true, () => artifacts.latest(db, samples.keys())),
  ];
  for (const noun of ["artifact", "collection"] as const) {
    for (const { name, named, where } of filters(samples)) {
      const add = (verb: string, hasTarget: boolean, run: () => Promise<unknown>) =>
        cases.push(newCase(noun, `${name} · ${verb}`, hasTarget && named, run));
      add("page", true, () => firstPage(db, noun, where(), "CREATED_DESC"));
      add(`count ≤ ${COUNT_LIMIT}`, false, () => count(db, noun, where(), COUNT_LIMIT));
      add("count", false, () => count(db, noun, where()));
      add("facets", false, () => facets(db, noun, where()));
      for (const sort of named ? SORTS : []) {
        cases.push(newCase(`${noun} sorts`, `${name} · ${sort}`, true, () => firstPage(db, noun, where(), sort)));
      }
    }
    cases.push(...(await pagingCases(noun, db, newCase)));
  }
  return cases;
}

async function pagingCases(
  noun: Noun,
  db: Database,
  newCase: (section: Section, name: string, named: boolean, run: () => Promise<unknown>) => ScaleCase,
): Promise<ScaleCase[]> {
  const total = await count(db, noun, undefined);
  const cases: ScaleCase[] = [];
  for (const sort of SORTS) {
    const { middle, last } = await laterPages(db, noun, sort);
    cases.push(newCase(`${noun} sorts`, `page in the middle · ${sort}`, true, middle));
    cases.push(newCase(`${noun} sorts`, `last page · ${sort}`, true, last));
    const deep = () => list(db, noun, undefined, sort, Math.floor(total / 2));
    cases.push(newCase(`${noun} sorts`, `list at offset of the middle · ${sort}`, false, deep));
  }
  return cases;
}
