import type { Database, Pools } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { count, facets, firstPage, list, type Noun, SORTS } from "../queries/calls";
import { filters } from "../queries/filters";
import { laterPages } from "../queries/later-pages";
import type { Samples } from "../queries/samples";

export interface SizedDatabase {
  size: number;
  pools: Pools;
  samples: Samples;
}

export interface ScaleCase {
  size: number;
  pools: Pools;
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

export async function scaleCases({ size, pools, samples }: SizedDatabase): Promise<ScaleCase[]> {
  const newCase = (section: Section, name: string, named: boolean, run: () => Promise<unknown>): ScaleCase => ({
    size,
    pools,
    section,
    name: `${section}: ${name}`,
    named,
    run,
  });
  const cases = [
    newCase("point", "read by id", true, () => artifacts.read(pools.writes, { id: samples.ids() })),
    newCase("point", "read by key and version 1", true, () =>
      artifacts.read(pools.writes, { key: samples.keys(), version: 1 }),
    ),
    newCase("point", "latest by key", true, () => artifacts.latest(pools.writes, { key: samples.keys() })),
  ];
  for (const noun of ["artifact", "collection"] as const) {
    for (const { name, named, where } of filters(samples)) {
      const add = (verb: string, hasTarget: boolean, run: () => Promise<unknown>) =>
        cases.push(newCase(noun, `${name} · ${verb}`, hasTarget && named, run));
      add("page", true, () => firstPage(pools.searches, noun, where(), "CREATED_DESC"));
      add(`count ≤ ${COUNT_LIMIT}`, false, () => count(pools.searches, noun, where(), COUNT_LIMIT));
      add("count", false, () => count(pools.searches, noun, where()));
      add("facets", false, () => facets(pools.searches, noun, where()));
      for (const sort of named ? SORTS[noun] : []) {
        cases.push(
          newCase(`${noun} sorts`, `${name} · ${sort}`, true, () => firstPage(pools.searches, noun, where(), sort)),
        );
      }
    }
    cases.push(...(await pagingCases(noun, pools.searches, newCase)));
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
  for (const sort of SORTS[noun]) {
    const { middle, last } = await laterPages(db, noun, sort);
    cases.push(newCase(`${noun} sorts`, `page in the middle · ${sort}`, true, middle));
    cases.push(newCase(`${noun} sorts`, `last page · ${sort}`, true, last));
    const deep = () => list(db, noun, undefined, sort, { offset: Math.floor(total / 2) });
    cases.push(newCase(`${noun} sorts`, `list at offset of the middle · ${sort}`, false, deep));
  }
  return cases;
}
