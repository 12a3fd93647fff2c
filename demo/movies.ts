import { barChart } from "./chart";
import { grouped, numbersOf, type Row, readable, rowsOf, sum } from "./dataset";
import { nightAfter, type Plan, type Publication, type Run } from "./plan";

const FIRST = 1980;
const LAST = 2010;

/** Three decades at the box office: every year a table of what earned most, one by distributor, a chart and a review. */
export function movies(): Plan {
  const released = rowsOf("movies.json").map((row) => ({
    ...row,
    year: Number(String(row["Release Date"]).slice(-4)),
  }));
  const years = grouped(released, (row) => String(row.year))
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
    runs: [...years.map(([year, films]) => runOf(year, films)), undated(released)],
  };
}

function runOf(year: string, films: Row[]): Run {
  const ranked = [...films].sort((a, b) => Number(b["Worldwide Gross"]) - Number(a["Worldwide Gross"]));
  const houses = grouped(films, (row) => String(row.Distributor ?? "Unknown"))
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
      { key: "rank_films", publishes: [top(year, ranked), distributors(year, houses)] },
      { key: "write_review", publishes: [review(year, ranked, houses), chart(year, ranked)] },
    ],
  };
}

function top(year: string, ranked: Row[]): Publication {
  const columns = ["Title", "Distributor", "Worldwide Gross", "Production Budget", "MPAA Rating", "IMDB Rating"];
  return {
    key: "top-grossing",
    type: "table",
    description: `The films of ${year} by worldwide gross (US dollars of the time).`,
    metadata: { period: year, films: ranked.length },
    data: ranked.slice(0, 250).map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
  };
}

function distributors(year: string, houses: Row[]): Publication {
  return {
    key: "box-office-distributors",
    type: "table",
    description: `Films and gross by distributor, ${year}.`,
    metadata: { period: year, distributors: houses.length },
    data: houses,
  };
}

function review(
  year: string,
  ranked: Row[],
  houses: { distributor: string; films: number; gross: number }[],
): Publication {
  const [first, ...others] = ranked.slice(0, 6);
  const costly = [...ranked].sort((a, b) => Number(b["Production Budget"]) - Number(a["Production Budget"]))[0];
  const list = others.map((film) => `1. *${film.Title}* — $${readable(Number(film["Worldwide Gross"]))}`).join("\n");
  return {
    key: "box-office-review",
    type: "markdown",
    description: "The year in film, by its figures.",
    metadata: { period: year, winner: first?.Title ?? null },
    data: `# The year ${year} at the box office\n\n**${first?.Title}** led with $${readable(Number(first?.["Worldwide Gross"]))}. The costliest film was *${costly?.Title}* at $${readable(Number(costly?.["Production Budget"]))}.\n\nAfter the first came\n\n${list}\n\n> ${houses[0]?.distributor} took the largest share, with ${houses[0]?.films} films.\n`,
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
    description: `The five films of ${year} that earned most, in millions of dollars.`,
    metadata: {
      period: year,
      alt: `Bar chart: ${bars.map(({ label, value }) => `${label} ${value} million`).join(", ")}`,
    },
    data: barChart(`Worldwide gross in millions, ${year}`, bars, "#7c3aed"),
  };
}

/** The films whose date cannot be true stop a run of their own; what it found has no key. */
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
      message: `${wrong.length} of ${released.length} films have a release date that cannot be true.`,
    },
    tags: ["movies", "quality"],
    steps: [
      {
        key: "validate",
        publishes: [
          {
            type: "markdown",
            description: "Why the check of release dates failed.",
            data: `# ${wrong.length} release dates cannot be true\n\nThe source has two-digit years; these were read into the wrong century.\n\n| Film | Date |\n|---|---|\n${lines.join("\n")}\n`,
          },
        ],
      },
    ],
  };
}
