import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Vitrine } from "#client/connect";
import type { Json } from "#contract/json";
import { DATASETS_FOLDER, groupBy, mean, numbersOf, type Row, round, rowsOf, sum } from "./dataset";
import { ROOT } from "./packages";
import type { Plan, Publication } from "./plan";
import { folders, notebook } from "./weather-files";

const LITE = "https://vega.github.io/schema/vega-lite/v6.json";

/** Weaker earthquakes are left out of the map. */
const MIN_MAGNITUDE = 4;

/** One of each type that has a viewer of its own, from real data and from this project's files. */
export function viewers(): Plan {
  const publishes = [
    weatherChart(),
    quakeMap(),
    statistics(),
    architecture(),
    services(),
    movieLines(),
    weatherReport(),
    weatherFigure(months()),
    schema(),
    notebook(months(), chartOf(months())),
    ...folders(months(), chartOf(months())),
  ];
  return {
    flow: { name: "publications", tags: ["reports"], labels: { team: "research", tier: "silver" } },
    deployments: [
      {
        name: "weekly",
        description: "Publishes reports.",
        workQueueName: "default",
        version: "1.0.0",
        tags: ["production"],
      },
    ],
    runs: [
      {
        id: "first",
        name: "publications-first",
        deployment: "weekly",
        start: "2026-11-21T06:00:00Z",
        minutes: 2,
        tags: ["reports"],
        steps: [{ key: "publish", publishes }],
      },
    ],
  };
}

function months(): Row[] {
  const days = rowsOf("seattle-weather.csv");
  return groupBy(days, ({ date }) => String(date).replaceAll("/", "-").slice(0, 7)).map(([month, rows]) => ({
    month,
    rain: round(sum(numbersOf(rows, "precipitation"))),
    warmest: round(mean(numbersOf(rows, "temp_max"))),
    coldest: round(mean(numbersOf(rows, "temp_min"))),
  }));
}

function chartOf(values: Row[]): Json {
  const x = { field: "month", type: "temporal", timeUnit: "yearmonth", title: null };
  return {
    $schema: LITE,
    data: { values },
    height: 280,
    encoding: { x },
    layer: [
      {
        mark: { type: "bar", opacity: 0.5 },
        encoding: { y: { field: "rain", type: "quantitative", title: "Rain (mm)" }, tooltip: [{ field: "rain" }] },
      },
      {
        mark: { type: "line", strokeWidth: 2 },
        encoding: { y: { field: "warmest", type: "quantitative", title: "Mean maximum (°C)" } },
      },
    ],
    resolve: { scale: { y: "independent" } },
  };
}

function weatherChart(): Publication {
  return {
    key: "publications/weather-chart",
    type: "vega-lite",
    description: "Rain and warmth in Seattle by month.",
    data: chartOf(months()),
  };
}

function quakeMap(): Publication {
  const { features, ...collection } = JSON.parse(
    readFileSync(join(DATASETS_FOLDER, "data", "earthquakes.json"), "utf8"),
  );
  const strong = features.filter(({ properties }: { properties: Row }) => Number(properties.mag) >= MIN_MAGNITUDE);
  return {
    key: "publications/earthquakes.geojson",
    type: "geojson",
    description: `Earthquakes of magnitude ${MIN_MAGNITUDE} or more in a week, by the USGS.`,
    data: { ...collection, features: strong },
  };
}

function statistics(): Publication {
  return {
    key: "publications/methods",
    type: "markdown",
    description: "How the figures are computed.",
    data: `# Methods

The mean of $n$ days is $\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i$, and its standard error

$$
\\sigma_{\\bar{x}} = \\frac{1}{\\sqrt{n}}\\,\\sqrt{\\frac{1}{n-1}\\sum_{i=1}^{n}\\left(x_i - \\bar{x}\\right)^2}
$$

A day counts as wet from $0.2\\,\\text{mm}$ of rain on. A station costs $5 to $10 a day.

\`\`\`mermaid
sequenceDiagram
  participant S as Station
  participant F as Feed
  participant W as Workflow
  S->>F: Measurements, each hour
  W->>F: Read, once a day
  F-->>W: CSV
  W->>W: Check, then aggregate
\`\`\`
`,
  };
}

function architecture(): Publication {
  return {
    key: "publications/architecture",
    type: "mermaid",
    description: "How a request runs through Vitrine.",
    data: `flowchart LR
  browser([Browser]) --> guard
  program([Program]) --> guard
  subgraph server [Server]
    guard[Request guard] --> access[Access]
    access --> trpc[tRPC] --> models[Models]
    access --> rest[REST] --> models
    access --> pages[Pages] --> models
  end
  models --> database[(PostgreSQL)]
  database -. changes .-> guard
`,
  };
}

function services(): Publication {
  return {
    key: "publications/compose.yaml",
    type: "yaml",
    description: "Two servers with PostgreSQL and a reverse proxy.",
    data: readFileSync(join(ROOT, "compose.yaml"), "utf8"),
  };
}

function schema(): Publication {
  return {
    key: "publications/labels.sql",
    type: "sql",
    description: "The migration that added labels.",
    data: readFileSync(join(ROOT, "db", "migrations", "0017_labels.sql"), "utf8"),
  };
}

function movieLines(): Publication {
  const rows = rowsOf("movies.json").slice(0, 400);
  return {
    key: "publications/movies.jsonl",
    type: "jsonl",
    description: "Movies, one in each line.",
    data: rows.map((row) => JSON.stringify(row)).join("\n"),
  };
}

function weatherReport(): Publication {
  const all = months();
  const wettest = all.toSorted((a, b) => Number(b.rain) - Number(a.rain)).slice(0, 5);
  const [first] = wettest;
  return {
    key: "publications/weather-report",
    type: "report",
    description: "Seattle's weather as one report of several parts.",
    data: [
      `# Rain in Seattle\n\nThe wettest of ${all.length} months was **${first?.month}** with ${first?.rain} mm.`,
      { type: "vega-lite", title: "By month", data: chartOf(all) },
      { type: "table", title: "The wettest months", data: wettest },
      { type: "markdown", data: "> [!NOTE]\n> A month is its calendar month in local time." },
    ],
  };
}

const FOLDER = join(ROOT, "demo", "files");

/** Samples of sound in a second. */
const RATE = 8_000;

/** Publishes real files of the kinds that have a view: a PDF, a folder of images, tables, sound, and an HTML report. Again it adds nothing. */
export async function publishFiles(vitrine: Vitrine): Promise<void> {
  const read = (name: string) => new Blob([readFileSync(join(FOLDER, name))]);
  await vitrine.file("library/seattle-weather", read("seattle-weather.pdf"), {
    name: "seattle-weather.pdf",
    description: "Four years of weather on two pages.",
    idempotencyKey: "demo:files:pdf",
  });
  const charts = Object.fromEntries(
    ["rain", "temperature", "wet-days"].map((name) => [`${name}.png`, read(`${name}.png`)]),
  );
  await vitrine.files("library/seattle-charts", charts, {
    description: "The charts of the weather as images.",
    idempotencyKey: "demo:files:charts",
  });
  const days = {
    "seattle-weather.csv": new Blob([readFileSync(join(DATASETS_FOLDER, "data", "seattle-weather.csv"))]),
    "seattle-weather.parquet": read("seattle-weather.parquet"),
  };
  await vitrine.files("library/seattle-days", days, {
    description: "The weather of each day, as CSV and as Parquet.",
    idempotencyKey: "demo:files:days",
  });
  await vitrine.file("library/seattle-temperature", new Blob([soundOf(weeklyTemperatures())]), {
    name: "seattle-temperature.wav",
    description: "The temperature of each week as the pitch of a tone: each year rises and falls.",
    idempotencyKey: "demo:files:sound",
  });
  await publishHtmlReport(vitrine, months());
}

function weeklyTemperatures(): number[] {
  const days = numbersOf(rowsOf("seattle-weather.csv"), "temp_max");
  return Array.from({ length: Math.floor(days.length / 7) }, (_, week) => mean(days.slice(7 * week, 7 * week + 7)));
}

/** A WAV file of one channel with 8 bits, in which each value is a tone of 60 ms, an octave higher for 12 more. */
function soundOf(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const perValue = Math.round(0.06 * RATE);
  const length = values.length * perValue;
  const file = Buffer.alloc(44 + length);
  file.write("RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0", "latin1");
  for (const [value, at] of [
    [36 + length, 4],
    [RATE, 24],
    [RATE, 28],
    [length, 40],
  ] as const) {
    file.writeUInt32LE(value, at);
  }
  file.write("\x01\0\x08\0data", 32, "latin1");
  let phase = 0;
  for (let at = 0; at < length; at += 1) {
    const value = values[Math.floor(at / perValue)] ?? 0;
    phase += (220 * 2 ** (value / 12)) / RATE;
    file[44 + at] = 128 + Math.round(90 * Math.sin(2 * Math.PI * phase));
  }
  return Uint8Array.from(file);
}

const REPORT = join(ROOT, "demo", "files", "seattle-report");

/** Publishes a report of several pages, with its styles, scripts and images. Again it adds nothing. */
async function publishHtmlReport(vitrine: Vitrine, months: readonly Row[]): Promise<void> {
  const names = readdirSync(REPORT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(REPORT.length + 1).replaceAll("\\", "/"), new Blob([readFileSync(path)])];
    }),
  );
  const data = new Blob([`globalThis.months = ${JSON.stringify(months)};\n`]);
  await vitrine.files(
    "library/seattle-report",
    { ...files, "js/months.js": data },
    {
      description: "Four years of weather as an HTML report that can be used.",
      idempotencyKey: "demo:files:report",
    },
  );
}

/** A figure as Plotly's libraries write it: warmth by month and year. */
function weatherFigure(months: readonly Row[]): Publication {
  const years = [...new Set(months.map(({ month }) => String(month).slice(0, 4)))];
  const valuesOf = (year: string) =>
    months.filter(({ month }) => String(month).startsWith(year)).map(({ warmest }) => Number(warmest));
  const x = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return {
    key: "publications/warmth.plotly.json",
    type: "plotly",
    description: "Mean maximum temperature in Seattle by month and year, in °C.",
    data: {
      data: [{ type: "heatmap", x, y: years, z: years.map(valuesOf), colorscale: "YlOrRd", reversescale: true }],
      layout: { height: 320, margin: { t: 24, r: 24, b: 48, l: 56 }, yaxis: { type: "category" } },
    },
  };
}
