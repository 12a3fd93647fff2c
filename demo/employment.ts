import { barChart } from "./chart";
import { formatNumber, groupBy, numbersOf, type Row, round, rowsOf, sum } from "./dataset";
import { lastDayOf, nightAfter, type Plan, type Publication, type Run } from "./plan";

const SECTORS = ["construction", "manufacturing", "retail_trade", "information", "financial_activities", "government"];

/** The US labour market: ten years of monthly reports, and unemployment by industry. */
export function employment(): Plan {
  const months = rowsOf("us-employment.csv");
  const industries = groupBy(rowsOf("unemployment-across-industries.json"), (row) => String(row.date).slice(0, 7));
  return {
    flow: { name: "labour-market", tags: ["economy"], labels: { team: "economy", tier: "gold" } },
    deployments: [
      {
        name: "first-friday",
        description: "Runs on the release days of the bureau.",
        workQueueName: "default",
        version: "5.0.1",
        tags: ["production"],
      },
      {
        name: "industries",
        description: "Reports unemployment by industry.",
        workQueueName: "slow",
        version: "5.0.1",
        tags: ["production"],
      },
    ],
    edits: {
      abouts: [
        {
          key: "employment-report",
          title: "The employment situation",
          description: "What the monthly survey of employers says, by sector.",
          owner: "Economy desk",
          links: [{ url: "https://www.bls.gov/ces/", text: "About the survey" }],
          tags: ["economy", "monthly", "published"],
        },
        { key: "employment-nonfarm", title: "Nonfarm payrolls", owner: "Economy desk", tags: ["economy", "monthly"] },
      ],
      changes: [
        {
          key: "employment-report",
          append: "\n_Preliminary: the figures of the last two months are revised later._\n",
          reason: "As in the release of the bureau",
        },
      ],
    },
    runs: [
      ...industries.map(([month, rows]) => industryRun(month, rows)),
      ...months.map((row, i) => reportRun(row, months.slice(Math.max(0, i - 11), i + 1))),
    ],
  };
}

function reportRun(row: Row, year: Row[]): Run {
  const month = String(row.month).slice(0, 7);
  return {
    id: `report-${month}`,
    name: `employment-${month}`,
    deployment: "first-friday",
    start: nightAfter(lastDayOf(month)),
    minutes: 6,
    tags: ["employment", month.slice(0, 4)],
    parameters: { month },
    steps: [
      { key: "load_survey", publishes: [nonfarm(month, row)] },
      { key: "write_report", publishes: [report(month, row, year)] },
    ],
  };
}

function nonfarm(month: string, row: Row): Publication {
  return {
    key: "employment-nonfarm",
    type: "number",
    description: "Employees on nonfarm payrolls, in thousands.",
    metadata: { period: month, unit: "thousand people" },
    data: row.nonfarm ?? null,
  };
}

function report(month: string, row: Row, year: Row[]): Publication {
  const change = Number(row.nonfarm_change);
  const sectors = SECTORS.map((sector) => {
    const [first, last] = [Number(year[0]?.[sector]), Number(row[sector])];
    return `| ${sector.replaceAll("_", " ")} | ${formatNumber(last)} | ${round((last / first - 1) * 100, 2)} % |`;
  });
  return {
    key: "employment-report",
    type: "markdown",
    description: "The employment situation of the month.",
    tags: change < -500 ? ["sharp-fall"] : [],
    metadata: { period: month, change, source: "U.S. Bureau of Labor Statistics, via vega-datasets" },
    data: `# Employment, ${month}\n\nNonfarm payrolls **${change < 0 ? "fell" : "rose"} by ${formatNumber(Math.abs(change))} thousand** to ${formatNumber(Number(row.nonfarm))} thousand; over the last ${year.length} months they changed by ${formatNumber(sum(numbersOf(year, "nonfarm_change")))} thousand.\n\n## Sectors\n\n| Sector | Thousand people | Change over ${year.length} months |\n|---|--:|--:|\n${sectors.join("\n")}\n`,
  };
}

function industryRun(month: string, rows: Row[]): Run {
  const data = rows.map(({ series, count, rate }) => ({
    industry: series ?? null,
    unemployed: count ?? null,
    rate: rate ?? null,
  }));
  const chart = month.endsWith("-01") ? [industryChart(month, rows)] : [];
  return {
    id: `industries-${month}`,
    name: `industries-${month}`,
    deployment: "industries",
    start: nightAfter(lastDayOf(month)),
    minutes: 3,
    tags: ["unemployment", month.slice(0, 4)],
    parameters: { month },
    steps: [
      {
        key: "load_industries",
        publishes: [
          {
            key: "unemployment-industries",
            type: "table",
            description: `Unemployment by industry: people (thousands) and rate (%), ${month}.`,
            metadata: { period: month, industries: data.length },
            data,
          },
          ...chart,
        ],
      },
    ],
  };
}

function industryChart(month: string, rows: Row[]): Publication {
  const bars = [...rows]
    .sort((a, b) => Number(b.rate) - Number(a.rate))
    .slice(0, 7)
    .map(({ series, rate }) => ({ label: String(series), value: Number(rate) }));
  return {
    key: "unemployment-chart",
    type: "image",
    description: `The seven industries with the highest unemployment, ${month}.`,
    metadata: { period: month, alt: `Bar chart: ${bars.map(({ label, value }) => `${label} ${value} %`).join(", ")}` },
    data: barChart(`Unemployment rate in %, ${month}`, bars, "#2563eb"),
  };
}
