import { barChart } from "./chart";
import { formatNumber, groupBy, mean, numbersOf, type Row, round, rowsOf, sum } from "./dataset";
import { nightAfter, type Plan, type Publication, type Run } from "./plan";

/** Airports and the traffic between them, delays by week, and bird strikes by year. */
export function aviation(): Plan {
  const strikes = groupBy(rowsOf("birdstrikes.csv"), (row) => String(row["Flight Date"]).slice(0, 4)).sort();
  const weeks = groupBy(rowsOf("flights-2k.json"), (row) => weekOf(String(row.date))).sort();
  return {
    flow: { name: "aviation-safety", tags: ["transport"], labels: { team: "transport", tier: "gold" } },
    deployments: [
      {
        name: "strikes",
        description: "Reports the bird strikes of a year.",
        workQueueName: "default",
        version: "0.8.3",
        tags: ["production"],
      },
      {
        name: "delays",
        description: "Reports the delays of a week.",
        workQueueName: "default",
        version: "0.8.3",
        tags: ["production"],
      },
    ],
    runs: [
      airports(),
      ...strikes.map(([year, rows]) => strikeRun(year, rows)),
      ...weeks.map(([week, rows]) => delayRun(week, rows)),
    ],
  };
}

function weekOf(date: string): string {
  const day = new Date(`${date.slice(0, 10).replaceAll("/", "-")}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

function strikeRun(year: string, rows: Row[]): Run {
  const species = ranking(rows, "Wildlife Species")
    .filter(({ name }) => !name.startsWith("Unknown"))
    .slice(0, 6);
  const cost = sum(numbersOf(rows, "Cost Total $"));
  return {
    id: `strikes-${year}`,
    name: `bird-strikes-${year}`,
    deployment: "strikes",
    start: nightAfter(`${year}-12-31`),
    minutes: 5,
    tags: ["birds", year],
    parameters: { year: Number(year) },
    steps: [
      {
        key: "load_strikes",
        publishes: [
          table("bird-strikes", `Bird strikes reported in ${year}.`, year, rows),
          table(
            "bird-strikes-by-phase",
            `Bird strikes by phase of flight, ${year}.`,
            year,
            ranking(rows, "Phase of flight"),
          ),
        ],
      },
      {
        key: "summarise",
        publishes: [
          {
            key: "bird-strike-cost",
            type: "number",
            description: "Cost of the reported strikes of the year, in US dollars.",
            metadata: { period: year, unit: "USD", reports: rows.length },
            data: cost,
          },
          {
            key: "bird-strike-chart",
            type: "image",
            description: `Most frequent species in bird strikes, ${year} (total damage: ${formatNumber(cost)} dollars).`,
            metadata: {
              period: year,
              alt: `Bar chart: ${species.map(({ name, count }) => `${name} ${count}`).join(", ")}`,
            },
            data: barChart(
              `Strikes by species, ${year}`,
              species.map(({ name, count }) => ({ label: name, value: count })),
              "#dc2626",
            ),
          },
        ],
      },
    ],
  };
}

function delayRun(week: string, rows: Row[]): Run {
  const origins = groupBy(rows, (row) => String(row.origin))
    .map(([origin, flights]) => ({
      origin,
      flights: flights.length,
      "mean delay min": round(mean(numbersOf(flights, "delay"))),
      "late over 15 min": numbersOf(flights, "delay").filter((minutes) => minutes > 15).length,
    }))
    .sort((a, b) => b.flights - a.flights);
  return {
    id: `delays-${week}`,
    name: `delays-${week}`,
    deployment: "delays",
    start: nightAfter(week),
    minutes: 2,
    tags: ["delays"],
    parameters: { week },
    steps: [
      {
        key: "load_flights",
        publishes: [table("flight-delays", `Delays by airport, week of ${week}.`, week, origins)],
      },
      {
        key: "measure",
        publishes: [
          {
            key: "flight-delay-mean",
            type: "number",
            description: "Mean delay of sampled flights in the week, in minutes.",
            metadata: { period: week, unit: "min", flights: rows.length },
            data: round(mean(numbersOf(rows, "delay")), 2),
          },
        ],
      },
    ],
  };
}

function airports(): Run {
  const all = rowsOf("airports.csv");
  const states = ranking(all, "state").map(({ name, count }) => ({ state: name, airports: count }));
  const traffic = rowsOf("flights-airport.csv");
  const routes = [...traffic].sort((a, b) => Number(b.count) - Number(a.count)).slice(0, 100);
  return {
    id: "airports",
    name: "airports-2008",
    start: nightAfter("2008-12-31"),
    minutes: 3,
    tags: ["airports"],
    steps: [
      {
        key: "load_airports",
        publishes: [
          table("airports", "Airports of the United States, with their location.", "2008", all),
          table("airports-by-state", "Number of airports by state.", "2008", states),
          table("busiest-routes", "The hundred busiest routes.", "2008", routes),
        ],
      },
    ],
  };
}

function table(key: string, description: string, period: string, data: Row[]): Publication {
  return { key, type: "table", description, metadata: { period, rows: data.length }, data };
}

function ranking(rows: Row[], column: string): { name: string; count: number }[] {
  return groupBy(rows, (row) => String(row[column] ?? "Unknown"))
    .map(([name, group]) => ({ name, count: group.length }))
    .sort((a, b) => b.count - a.count);
}
