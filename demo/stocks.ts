import { lineChart } from "./chart";
import { groupBy, numbersOf, type Row, round, rowsOf } from "./dataset";
import { lastDayOf, nightAfter, type Plan, type Publication, type Run } from "./plan";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NAMES: Record<string, string> = { MSFT: "Microsoft", AMZN: "Amazon", IBM: "IBM", GOOG: "Google", AAPL: "Apple" };

/** Monthly closing prices of five companies over 123 months, with a table a month and a chart a year. */
export function stocks(): Plan {
  const rows = rowsOf("stocks.csv").map((row) => ({ ...row, month: monthOf(String(row.date)) }));
  const months = groupBy(rows, (row) => String(row.month)).sort(([a], [b]) => a.localeCompare(b));
  return {
    flow: { name: "market-close", tags: ["markets"], labels: { team: "markets", tier: "gold" } },
    deployments: [
      {
        name: "month-end",
        description: "Reads the closing prices of each month.",
        workQueueName: "default",
        version: "1.9.4",
        tags: ["production"],
      },
    ],
    edits: {
      abouts: [
        {
          key: "portfolio-close",
          title: "Month-end closing prices",
          description: "Closing prices of five companies, with the change since the month before.",
          owner: "Markets team",
          links: [{ url: "https://github.com/vega/vega-datasets", text: "Source" }],
          tags: ["finance", "monthly"],
        },
        { key: "price-aapl", title: "Apple, closing price", owner: "Markets team", tags: ["finance", "monthly"] },
        { key: "price-goog", title: "Google, closing price", owner: "Markets team", tags: ["finance", "monthly"] },
      ],
      changes: [
        {
          key: "portfolio-close",
          metadata: { period: "2010-03", currency: "USD", companies: 5, audited: true },
          reason: "Compared with the file of the exchange",
        },
      ],
      labels: [{ key: "portfolio-close", label: "production", version: 123, reason: "Audited" }],
      pins: ["portfolio-close"],
    },
    runs: months.map(([month, prices], i) => runOf(month, prices, months[i - 1]?.[1] ?? [], rows)),
  };
}

function monthOf(date: string): string {
  const [name = "", , year] = date.split(" ");
  return `${year}-${String(MONTHS.indexOf(name) + 1).padStart(2, "0")}`;
}

function runOf(month: string, prices: Row[], before: Row[], all: Row[]): Run {
  const chart = month.endsWith("-12") ? [yearChart(month.slice(0, 4), all)] : [];
  return {
    id: month,
    name: `close-${month}`,
    deployment: "month-end",
    start: nightAfter(lastDayOf(month)),
    minutes: 2,
    tags: ["stocks", month.slice(0, 4)],
    parameters: { month, symbols: prices.map(({ symbol }) => symbol ?? "") },
    steps: [
      { key: "fetch_prices", publishes: prices.map((row) => price(month, row)) },
      { key: "compare", publishes: [portfolio(month, prices, before), ...chart] },
    ],
  };
}

function price(month: string, { symbol, price }: Row): Publication {
  return {
    key: `price-${String(symbol).toLowerCase()}`,
    type: "number",
    description: `Closing price of **${NAMES[String(symbol)]}** (${symbol}) in US dollars, split-adjusted.`,
    metadata: { period: month, symbol: symbol ?? null, currency: "USD" },
    data: price ?? null,
  };
}

function portfolio(month: string, prices: Row[], before: Row[]): Publication {
  const rows = prices.map(({ symbol, price }) => {
    const last = before.find((row) => row.symbol === symbol)?.price;
    const change = typeof last === "number" ? round((Number(price) / last - 1) * 100, 2) : null;
    return { symbol: symbol ?? null, company: NAMES[String(symbol)] ?? null, close: price ?? null, "change %": change };
  });
  return {
    key: "portfolio-close",
    type: "table",
    description: `All closing prices of ${month}, with the change from the previous month.`,
    metadata: { period: month, currency: "USD", companies: rows.length },
    tags: month.endsWith("-12") ? ["year-end"] : [],
    data: rows,
  };
}

function yearChart(year: string, all: Row[]): Publication {
  const inYear = all.filter((row) => String(row.month).startsWith(year));
  const colors = ["#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed"];
  const series = groupBy(inYear, (row) => String(row.symbol)).map(([name, rows], i) => ({
    name,
    color: colors[i % colors.length] ?? "#000",
    values: numbersOf(rows, "price"),
  }));
  return {
    key: "market-year-chart",
    type: "image",
    description: `How the five companies closed in ${year}.`,
    metadata: {
      period: year,
      alt: `Line chart of the monthly closing prices of ${series.length} companies in ${year}`,
    },
    data: lineChart(`Close in US dollars, ${year}`, MONTHS, series),
  };
}
