import { groupBy, type Row, rowsOf } from "./dataset";
import type { Plan, Publication, Run } from "./plan";

/** The percentage of the archive that is moved when the demo starts. */
export const ARCHIVE_SHARE = 62;

/** Runs in every state: running, scheduled, paused, cancelled and crashed. */
export function operations(): Plan {
  return {
    flow: { name: "archive-migration", tags: ["operations"], labels: { team: "platform", tier: "gold" } },
    deployments: [
      { name: "manual", description: "Started manually.", workQueueName: "slow", version: "1.0.0", tags: ["manual"] },
      {
        name: "nightly",
        description: "Runs every night at two.",
        workQueueName: "default",
        version: "1.0.0",
        tags: ["production"],
      },
    ],
    edits: {
      abouts: [
        {
          key: "archive-migration",
          title: "Progress of the archive's move",
          description: "How much of the archive is in the new storage. The old one stays until a review.",
          owner: "Platform team",
          tags: ["operations"],
        },
      ],
    },
    runs: [
      run("rehearsal", "2026-11-14T02:00:00Z", { type: "COMPLETED" }, [
        progress("archive-rehearsal", 100, "Rehearsal on a copy: all files moved."),
      ]),
      run(
        "quakes-late",
        "2026-11-18T02:00:00Z",
        { type: "CANCELLED", message: "Stopped manually: the feed was of the wrong week." },
        [],
      ),
      run(
        "out-of-memory",
        "2026-11-19T02:00:00Z",
        { type: "CRASHED", message: "The process was killed: out of memory at 3.9 GiB." },
        [progress("archive-first-attempt", 17, "The first attempt, which ran out of memory.")],
      ),
      run("move", "2026-11-22T02:00:00Z", { type: "RUNNING" }, [
        progress("archive-migration", ARCHIVE_SHARE, "Percentage of the archive that has been moved."),
      ]),
      run("next-week", "2026-11-30T02:00:00Z", { type: "SCHEDULED" }, []),
      run("after-review", "2026-12-07T02:00:00Z", { type: "PAUSED", message: "Waiting for a review." }, []),
    ],
  };
}

function run(id: string, start: string, state: NonNullable<Run["state"]>, publishes: Publication[]): Run {
  return {
    id,
    name: `archive-${id}`,
    deployment: "manual",
    start,
    minutes: 25,
    state,
    tags: ["archive"],
    steps: [{ key: "move_files", publishes }],
  };
}

function progress(key: string, data: number, description: string): Publication {
  return { key, type: "progress", description, metadata: { unit: "percent of files" }, data };
}

/** A week of earthquakes, one version a day. */
export function earthquakes(): Plan {
  const [collection] = [JSON.parse(JSON.stringify(rowsOf("earthquakes.json")))];
  const quakes: Row[] = collection.features.map((each: { properties: Row }) => ({
    day: new Date(Number(each.properties.time)).toISOString().slice(0, 10),
    time: new Date(Number(each.properties.time)).toISOString(),
    magnitude: each.properties.mag ?? null,
    place: each.properties.place ?? null,
  }));
  return {
    flow: { name: "earthquake-watch", tags: ["climate", "live"], labels: { team: "climate", tier: "silver" } },
    deployments: [
      {
        name: "daily",
        description: "Reads the daily feed of the USGS.",
        workQueueName: "default",
        version: "1.1.0",
        tags: ["production"],
      },
    ],
    runs: groupBy(quakes, (row) => String(row.day))
      .sort()
      .map(([day, rows]) => quakeRun(day, rows)),
  };
}

function quakeRun(day: string, rows: Row[]): Run {
  const strongest = [...rows].sort((a, b) => Number(b.magnitude) - Number(a.magnitude));
  const table: Publication = {
    key: "earthquakes",
    type: "table",
    description: `Earthquakes of ${day}, strongest first.`,
    metadata: { period: day, strongest: strongest[0]?.magnitude ?? null, place: strongest[0]?.place ?? null },
    data: strongest.map(({ day: _, ...row }) => row),
  };
  const count: Publication = {
    key: "earthquake-count",
    type: "number",
    description: "Number of earthquakes located in a day.",
    metadata: { period: day },
    data: rows.length,
  };
  return {
    id: day,
    name: `quakes-${day}`,
    deployment: "daily",
    start: `${day}T23:55:00Z`,
    minutes: 3,
    tags: ["earthquakes"],
    steps: [{ key: "read_feed", publishes: [table, count] }],
  };
}
