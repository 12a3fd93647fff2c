import { lineChart } from "./chart";
import { groupBy, mean, numbersOf, type Row, round, rowsOf, sum } from "./dataset";
import { lastDayOf, nightAfter, type Plan, type Publication, type Run } from "./plan";

const CITIES = ["Seattle", "New York"];
const SOURCE = "NOAA, via vega-datasets (weather.csv)";

/** Daily weather of two cities by month: 48 versions each of a table, a digest and the mean temperature. */
export function weather(): Plan {
  const months = groupBy(rowsOf("weather.csv"), (row) => String(row.date).slice(0, 7)).sort();
  return {
    flow: { name: "weather-digest", tags: ["climate", "nightly"], labels: { team: "climate", tier: "gold" } },
    deployments: [
      {
        name: "monthly",
        description: "Runs on the night after the last day of a month.",
        workQueueName: "default",
        version: "3.2.0",
        tags: ["production"],
      },
      {
        name: "backfill",
        description: "Rebuilds a month manually.",
        workQueueName: "slow",
        version: "3.2.0",
        paused: true,
        tags: ["manual"],
      },
    ],
    edits: {
      abouts: [
        {
          key: "weather-digest",
          title: "Weather of the month",
          description: "What the stations measured, for readers in a hurry.",
          owner: "Climate desk",
          tags: ["climate", "monthly", "published"],
        },
        { key: "weather-seattle", title: "Seattle, day by day", owner: "Climate desk", tags: ["climate"] },
        { key: "weather-new-york", title: "New York, day by day", owner: "Climate desk", tags: ["climate"] },
      ],
      changes: [
        {
          key: "weather-digest",
          description: "The weather of December 2015 in two cities.",
          reason: "Name the month, as readers share the link",
        },
        {
          key: "weather-digest",
          append: "\n_Values are as measured; the stations may correct them later._\n",
          reason: "Requested by readers",
        },
      ],
      labels: [
        { key: "weather-digest", label: "production", version: 46, reason: "First reviewed month" },
        { key: "weather-digest", label: "production", version: 47, reason: "Totals match those of the stations" },
        { key: "weather-digest", label: "staging", version: 48, reason: "Waits for its review" },
      ],
      pins: ["weather-digest"],
    },
    runs: months.map(([month, rows]) => runOf(month, rows)),
  };
}

function runOf(month: string, rows: Row[]): Run {
  const cities = CITIES.map((city) => ({ city, rows: rows.filter((row) => row.location === city) }));
  const charts = month.endsWith("-12") ? [yearChart(month.slice(0, 4))] : [];
  return {
    id: month,
    name: `weather-${month}`,
    deployment: "monthly",
    start: nightAfter(lastDayOf(month)),
    minutes: 4,
    tags: ["weather", month.slice(0, 4)],
    parameters: { month, cities: CITIES },
    steps: [
      { key: "load_stations", publishes: cities.map(({ city, rows }) => table(city, month, rows)) },
      {
        key: "summarise",
        publishes: [digest(month, cities), ...cities.map(({ city, rows }) => temperature(city, month, rows))],
      },
      ...(charts.length ? [{ key: "draw_year", publishes: charts }] : []),
    ],
  };
}

function slug(city: string): string {
  return city.toLowerCase().replace(" ", "-");
}

function table(city: string, month: string, rows: Row[]): Publication {
  return {
    key: `weather-${slug(city)}`,
    type: "table",
    description: `Daily weather of **${city}**, ${month}: precipitation (mm), temperatures (°C), wind (m/s).`,
    metadata: { period: month, city, days: rows.length, source: SOURCE },
    data: rows.map(({ location, ...day }) => day),
  };
}

function temperature(city: string, month: string, rows: Row[]): Publication {
  return {
    key: `temperature-${slug(city)}`,
    type: "number",
    description: `Monthly mean of the daily highs in **${city}**, in °C.`,
    metadata: { period: month, unit: "°C" },
    data: round(mean(numbersOf(rows, "temp_max")), 2),
  };
}

function digest(month: string, cities: { city: string; rows: Row[] }[]): Publication {
  const lines = cities.map(({ city, rows }) => {
    const [highs, lows] = [numbersOf(rows, "temp_max"), numbersOf(rows, "temp_min")];
    const wet = numbersOf(rows, "precipitation").filter((mm) => mm > 0).length;
    const rain = round(sum(numbersOf(rows, "precipitation")));
    return `| ${city} | ${round(mean(highs))} | ${Math.max(...highs)} | ${Math.min(...lows)} | ${rain} | ${wet} of ${rows.length} |`;
  });
  return {
    key: "weather-digest",
    type: "markdown",
    description: "The weather of the month in two cities.",
    metadata: { period: month, source: SOURCE, reviewed: false },
    data: `# Weather, ${month}\n\n| City | Mean high °C | Hottest | Coldest | Rain mm | Wet days |\n|---|--:|--:|--:|--:|--:|\n${lines.join("\n")}\n\n${cities.map(({ city, rows }) => notable(city, rows)).join("\n\n")}\n\n_Source: ${SOURCE}._\n`,
  };
}

function notable(city: string, rows: Row[]): string {
  const wettest = [...rows].sort((a, b) => Number(b.precipitation) - Number(a.precipitation))[0] ?? {};
  const kinds = groupBy(rows, (row) => String(row.weather)).map(([kind, days]) => `${days.length} × ${kind}`);
  return `## ${city}\n\nThe wettest day was **${wettest.date}** with ${wettest.precipitation} mm.\n\n${kinds.map((kind) => `- ${kind}`).join("\n")}`;
}

function yearChart(year: string): Publication {
  const days = rowsOf("weather.csv").filter((row) => String(row.date).startsWith(year));
  const series = CITIES.map((city, i) => ({
    name: city,
    color: ["#2563eb", "#d97706"][i] ?? "#000",
    values: groupBy(
      days.filter((row) => row.location === city),
      (row) => String(row.date).slice(0, 7),
    ).map(([, rows]) => mean(numbersOf(rows, "temp_max"))),
  }));
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return {
    key: "weather-year-chart",
    type: "image",
    description: `Monthly mean of the daily highs, ${year}.`,
    metadata: { period: year, alt: `Line chart of the mean daily highs of Seattle and New York in ${year}` },
    data: lineChart(`Mean daily high in °C, ${year}`, months, series),
  };
}
