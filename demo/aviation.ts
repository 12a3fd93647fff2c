import { barChart } from "./chart";
import { grouped, mean, numbersOf, type Row, readable, round, rowsOf, sum } from "./dataset";
import { nightAfter, type Plan, type Publication, type Run } from "./plan";

/** Flying: airports, traffic between them, delays week by week, and what birds did to aircraft. */
export function aviation(): Plan {
  const strikes = grouped(rowsOf("birdstrikes.csv"), (row) => String(row["Flight Date"]).slice(0, 4)).sort();
  const weeks = grouped(rowsOf("flights-2k.json"), (row) => weekOf(String(row.date))).sort();
  return {
    flow: { name: "aviation-safety", tags: ["transport"], labels: { team: "transport", tier: "gold" } },
    deployments: [
      {
        name: "strikes",
        description: "Bird strikes of a year.",
        workQueueName: "default",
        version: "0.8.3",
        tags: ["production"],
      },
      {
        name: "delays",
        description: "Delays of a week.",
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
          table("bird-strikes", `Reported bird strikes of ${year}, as filed.`, year, rows),
          table("bird-strikes-by-phase", `When birds were met, ${year}.`, year, ranking(rows, "Phase of flight")),
        ],
      },
      {
        key: "summarise",
        publishes: [
          {
            key: "bird-strike-cost",
            type: "number",
            description: "What the reported strikes of the year cost, in US dollars.",
            metadata: { period: year, unit: "USD", reports: rows.length },
            data: cost,
          },
          {
            key: "bird-strike-chart",
            type: "image",
            description: `The birds most often met, ${year} (${readable(cost)} dollars of damage in all).`,
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
  const origins = grouped(rows, (row) => String(row.origin))
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
            description: "Mean delay of the sampled flights of the week, in minutes.",
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
          table("airports", "Airports of the United States, with their place.", "2008", all),
          table("airports-by-state", "How many airports a state has.", "2008", states),
          table("busiest-routes", "The hundred routes flown most often.", "2008", routes),
        ],
      },
    ],
  };
}

function table(key: string, description: string, period: string, data: Row[]): Publication {
  return { key, type: "table", description, metadata: { period, rows: data.length }, data };
}

function ranking(rows: Row[], column: string): { name: string; count: number }[] {
  return grouped(rows, (row) => String(row[column] ?? "Unknown"))
    .map(([name, group]) => ({ name, count: group.length }))
    .sort((a, b) => b.count - a.count);
}
