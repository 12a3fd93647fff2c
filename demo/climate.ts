import { deflateSync } from "node:zlib";
import { lineChart } from "./chart";
import { formatNumber, groupBy, mean, numbersOf, type Row, round, rowsOf, sum } from "./dataset";
import { nightAfter, type Plan, type Publication, type Run } from "./plan";

/** Climate data: 63 years of CO₂, 137 of temperature, a century of disasters, and a volcano. */
export function climate(): Plan {
  const co2 = groupBy(rowsOf("co2-concentration.csv"), (row) => String(row.Date).slice(0, 4));
  const temperatures = rowsOf("global-temp.csv");
  const disasters = groupBy(rowsOf("disasters.csv"), (row) => `${String(row.Year).slice(0, 3)}0`).sort();
  return {
    flow: { name: "climate-record", tags: ["climate", "long-term"], labels: { team: "climate", tier: "silver" } },
    deployments: [
      {
        name: "yearly",
        description: "Publishes the data of a year.",
        workQueueName: "slow",
        version: "1.4.0",
        tags: ["production"],
      },
    ],
    runs: [
      ...temperatures.map((row) => yearRun(`temperature-${row.year}`, Number(row.year), [anomaly(row)])),
      ...co2.map(([year, rows], i) => yearRun(`co2-${year}`, Number(year), carbon(year, rows, co2.slice(0, i + 1)))),
      ...disasters.map(([decade, rows]) => yearRun(`disasters-${decade}`, Number(decade) + 9, [toll(decade, rows)])),
      yearRun("volcano", 2016, [volcano()]),
    ],
  };
}

function yearRun(id: string, year: number, publishes: Publication[]): Run {
  return {
    id,
    name: id,
    deployment: "yearly",
    start: nightAfter(`${Math.max(1971, year)}-12-31`),
    minutes: 1,
    tags: ["climate", String(year)],
    parameters: { year },
    steps: [{ key: "read_record", publishes }],
  };
}

function anomaly({ year, temp }: Row): Publication {
  return {
    key: "temperature-anomaly",
    type: "number",
    description: "Global surface temperature relative to the mean of 1951–1980, in °C.",
    metadata: { period: String(year), unit: "°C", source: "NASA GISS" },
    data: temp ?? null,
  };
}

function carbon(year: string, rows: Row[], soFar: [string, Row[]][]): Publication[] {
  const value = round(mean(numbersOf(rows, "CO2")), 2);
  const level: Publication = {
    key: "co2-mauna-loa",
    type: "number",
    description: "Yearly mean of CO₂ at Mauna Loa, in parts per million.",
    metadata: { period: year, months: rows.length, licence: "CC BY 4.0", source: "Scripps CO2 Program" },
    data: value,
  };
  const months: Publication = {
    key: "co2-months",
    type: "table",
    description: `Monthly CO₂, ${year}.`,
    metadata: { period: year },
    data: rows,
  };
  return Number(year) % 5 ? [level, months] : [level, months, curve(soFar)];
}

function curve(soFar: [string, Row[]][]): Publication {
  const years = soFar.map(([year]) => year);
  const values = soFar.map(([, rows]) => mean(numbersOf(rows, "CO2")));
  return {
    key: "keeling-curve",
    type: "image",
    description: "The Keeling curve up to that year.",
    metadata: {
      period: years.at(-1) ?? "",
      alt: `CO₂ from ${years[0]} to ${years.at(-1)}, rising to ${round(values.at(-1) ?? 0)} ppm`,
    },
    data: lineChart("CO₂ at Mauna Loa, ppm", years, [{ name: "CO₂", values, color: "#059669" }]),
  };
}

function toll(decade: string, rows: Row[]): Publication {
  const kinds = groupBy(rows, (row) => String(row.Entity))
    .map(([kind, years]) => ({ kind, deaths: sum(numbersOf(years, "Deaths")), years: years.length }))
    .sort((a, b) => b.deaths - a.deaths);
  const all = kinds.find(({ kind }) => kind.startsWith("All"))?.deaths ?? 0;
  return {
    key: "disasters-by-decade",
    type: "table",
    description: `Deaths by kind of natural disaster, **${decade}s**: ${formatNumber(all)} in total.`,
    metadata: { period: `${decade}s`, source: "EM-DAT, via Our World in Data" },
    data: kinds,
  };
}

function volcano(): Publication {
  const { width, values } = JSON.parse(JSON.stringify(rowsOf("volcano.json")));
  return {
    key: "maungawhau-relief",
    type: "image",
    description: "Relief map of Maungawhau (Mt Eden) in Auckland on a 10 m grid.",
    metadata: {
      alt: "Relief map of a volcano: a green plain rising to a brown rim around a crater",
      width,
      points: values.length,
    },
    data: reliefImage(width, values, 8),
  };
}

/** A grid of heights as a PNG data URL, colored from green to white; each height is a square of `scale` pixels. */
function reliefImage(width: number, heights: number[], scale: number): string {
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const rows = heights.length / width;
  const stride = 1 + width * scale * 3;
  const raw = new Uint8Array(stride * rows * scale);
  for (let y = 0; y < rows * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const height = heights[Math.floor(y / scale) * width + Math.floor(x / scale)] ?? low;
      raw.set(shade((height - low) / (high - low || 1)), y * stride + 1 + x * 3);
    }
  }
  return png(width * scale, rows * scale, raw);
}

const STOPS = [
  [22, 78, 60],
  [94, 134, 72],
  [214, 190, 134],
  [160, 110, 80],
  [250, 248, 244],
];

function shade(share: number): number[] {
  const position = Math.min(share, 0.9999) * (STOPS.length - 1);
  const [from, to] = [STOPS[Math.floor(position)] ?? [], STOPS[Math.ceil(position)] ?? []];
  return from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * (position % 1)));
}

function png(width: number, height: number, raw: Uint8Array): string {
  const head = [...uint32(width), ...uint32(height), 8, 2, 0, 0, 0];
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const file = [...signature, ...chunk("IHDR", head), ...chunk("IDAT", [...deflateSync(raw)]), ...chunk("IEND", [])];
  return `data:image/png;base64,${Buffer.from(file).toString("base64")}`;
}

function chunk(name: string, data: number[]): number[] {
  const body = [...Buffer.from(name, "latin1"), ...data];
  return [...uint32(data.length), ...body, ...uint32(crc32(body))];
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function crc32(bytes: number[]): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
