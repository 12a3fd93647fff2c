import { barChart } from "./chart";
import { formatNumber, groupBy, numbersOf, type Row, rowsOf, sum } from "./dataset";
import { nightAfter, type Plan, type Publication, type Run } from "./plan";

const FIRST = 1980;
const LAST = 2010;

/** Three decades at the box office: for each year, tables by film and by distributor, a chart and a review. */
export function movies(): Plan {
  const released = rowsOf("movies.json").map((row) => ({
    ...row,
    year: Number(String(row["Release Date"]).slice(-4)),
  }));
  const years = groupBy(released, (row) => String(row.year))
    .filter(([year]) => Number(year) >= FIRST && Number(year) <= LAST)
    .sort();
  return {
    flow: { name: "box-office", tags: ["media", "yearly"], labels: { team: "media", tier: "silver" } },
    deployments: [
      {
        name: "year-end",
        description: "Ranks the films of a year.",
        workQueueName: "default",
        version: "2.0.0",
        tags: ["production"],
      },
    ],
    edits: {
      abouts: [
        { key: "top-grossing", title: "Films by worldwide gross", owner: "Media desk", tags: ["media", "yearly"] },
        { key: "box-office-review", title: "The film year in numbers", owner: "Media desk", tags: ["media", "yearly"] },
      ],
      labels: [{ key: "top-grossing", label: "production", version: 31, reason: "Used by the annual report" }],
    },
    runs: [...years.map(([year, films]) => runOf(year, films)), undated(released)],
  };
}

function runOf(year: string, films: Row[]): Run {
  const ranked = [...films].sort((a, b) => Number(b["Worldwide Gross"]) - Number(a["Worldwide Gross"]));
  const distributors = groupBy(films, (row) => String(row.Distributor ?? "Unknown"))
    .map(([distributor, rows]) => ({ distributor, films: rows.length, gross: sum(numbersOf(rows, "Worldwide Gross")) }))
    .sort((a, b) => b.gross - a.gross);
  return {
    id: year,
    name: `box-office-${year}`,
    deployment: "year-end",
    start: nightAfter(`${year}-12-31`),
    minutes: 9,
    tags: ["movies", year],
    parameters: { year: Number(year), currency: "USD" },
    steps: [
      { key: "rank_films", publishes: [top(year, ranked), distributorTable(year, distributors)] },
      { key: "write_review", publishes: [review(year, ranked, distributors), chart(year, ranked)] },
    ],
  };
}

function top(year: string, ranked: Row[]): Publication {
  const columns = ["Title", "Distributor", "Worldwide Gross", "Production Budget", "MPAA Rating", "IMDB Rating"];
  return {
    key: "top-grossing",
    type: "table",
    description: `The films of ${year} by worldwide gross (US dollars, not adjusted).`,
    metadata: { period: year, films: ranked.length },
    data: ranked.slice(0, 250).map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
  };
}

function distributorTable(year: string, rows: Row[]): Publication {
  return {
    key: "box-office-distributors",
    type: "table",
    description: `Films and gross by distributor, ${year}.`,
    metadata: { period: year, distributors: rows.length },
    data: rows,
  };
}

function review(
  year: string,
  ranked: Row[],
  distributors: { distributor: string; films: number; gross: number }[],
): Publication {
  const [first, ...others] = ranked.slice(0, 6);
  const costly = [...ranked].sort((a, b) => Number(b["Production Budget"]) - Number(a["Production Budget"]))[0];
  const list = others
    .map((film) => `1. *${film.Title}* — $${formatNumber(Number(film["Worldwide Gross"]))}`)
    .join("\n");
  return {
    key: "box-office-review",
    type: "markdown",
    description: "The film year in numbers.",
    metadata: { period: year, winner: first?.Title ?? null },
    data: `# The year ${year} at the box office\n\n**${first?.Title}** led with $${formatNumber(Number(first?.["Worldwide Gross"]))}. The costliest film was *${costly?.Title}* at $${formatNumber(Number(costly?.["Production Budget"]))}.\n\nRunners-up:\n\n${list}\n\n> ${distributors[0]?.distributor} took the largest share, with ${distributors[0]?.films} films.\n`,
  };
}

function chart(year: string, ranked: Row[]): Publication {
  const bars = ranked.slice(0, 5).map((film) => ({
    label: String(film.Title),
    value: Math.round(Number(film["Worldwide Gross"]) / 1e6),
  }));
  return {
    key: "box-office-chart",
    type: "image",
    description: `The five top-grossing films of ${year}, in millions of dollars.`,
    metadata: {
      period: year,
      alt: `Bar chart: ${bars.map(({ label, value }) => `${label} ${value} million`).join(", ")}`,
    },
    data: barChart(`Worldwide gross in millions, ${year}`, bars, "#7c3aed"),
  };
}

/** A failed run that lists films with impossible release dates, in an artifact without a key. */
function undated(released: (Row & { year: number })[]): Run {
  const wrong = released.filter(({ year }) => !(year >= 1900 && year <= LAST));
  const lines = wrong.slice(0, 20).map((film) => `| ${film.Title} | ${film["Release Date"]} |`);
  return {
    id: "check-dates",
    name: "check-release-dates",
    start: nightAfter("2010-12-31"),
    minutes: 1,
    state: {
      type: "FAILED",
      message: `${wrong.length} of ${released.length} films have an impossible release date.`,
    },
    tags: ["movies", "quality"],
    steps: [
      {
        key: "validate",
        publishes: [
          {
            type: "markdown",
            description: "Why the check of release dates failed.",
            data: `# ${wrong.length} impossible release dates\n\nThe source has two-digit years, which were read as the wrong century.\n\n| Film | Date |\n|---|---|\n${lines.join("\n")}\n`,
          },
        ],
      },
    ],
  };
}
