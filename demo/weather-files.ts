import type { Json } from "#contract/json";
import type { Row } from "./dataset";
import type { Publication } from "./plan";

const LITE_OUTPUT = "application/vnd.vegalite.v5+json";

/** A month: its rain in mm, and the means of its highest and lowest temperatures. */
type Month = Row;

/** A notebook with what its cells put out, as Jupyter would have stored it. */
function rainNotebook(months: Month[], chart: Json): { [name: string]: Json } {
  const wettest = months.toSorted((a, b) => Number(b.rain) - Number(a.rain)).slice(0, 5);
  const rows = wettest.map(({ month, rain }, at) => `<tr><th>${at}</th><td>${month}</td><td>${rain}</td></tr>`);
  const plain = wettest.map(({ month, rain }, at) => `${at}  ${month}  ${rain}`).join("\n");
  const total = months.reduce((sum, { rain }) => sum + Number(rain), 0);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: "Python 3 (ipykernel)", language: "python", name: "python3" },
      language_info: { name: "python", version: "3.13.1" },
    },
    cells: [
      markdown("# Rain in Seattle\n\nThe sum of a month is $R = \\sum_d r_d$. The data is in `data/months.csv`."),
      code(1, "import pandas as pd\n\nmonths = pd.read_csv('data/months.csv')\nprint(len(months), 'months')", [
        { output_type: "stream", name: "stdout", text: [`${months.length} months\n`] },
      ]),
      markdown("## The wettest months"),
      code(2, "months.nlargest(5, 'rain')[['month', 'rain']]", [
        {
          output_type: "execute_result",
          execution_count: 2,
          metadata: {},
          data: {
            "text/html": `<table border="1" class="dataframe"><thead><tr><th></th><th>month</th><th>rain</th></tr></thead><tbody>${rows.join("")}</tbody></table>`,
            "text/plain": `   month    rain\n${plain}`,
          },
        },
      ]),
      code(3, "import altair as alt\n\nalt.Chart(months).mark_bar().encode(x='yearmonth(month):T', y='rain')", [
        {
          output_type: "execute_result",
          execution_count: 3,
          metadata: {},
          data: { [LITE_OUTPUT]: chart, "text/plain": "alt.Chart(...)" },
        },
      ]),
      code(4, "assert months.rain.sum() < 3000, f'{months.rain.sum():.0f} mm'", [
        {
          output_type: "error",
          ename: "AssertionError",
          evalue: `${Math.round(total)} mm`,
          traceback: [
            "\u001b[31m---------------------------------------------------------------------------\u001b[39m",
            "\u001b[31mAssertionError\u001b[39m                            Traceback (most recent call last)",
            "\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[4]\u001b[39m\u001b[32m, line 1\u001b[39m",
            "\u001b[32m----> \u001b[39m\u001b[32m1\u001b[39m \u001b[38;5;28;01massert\u001b[39;00m months.rain.sum() < 3000",
            `\u001b[31mAssertionError\u001b[39m: ${Math.round(total)} mm`,
          ],
        },
      ]),
    ],
  };
}

function markdown(source: string): Json {
  return { cell_type: "markdown", metadata: {}, source: lines(source) };
}

function code(count: number, source: string, outputs: Json[]): Json {
  return { cell_type: "code", execution_count: count, metadata: {}, source: lines(source), outputs };
}

/** Each with its line break, as Jupyter stores them. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

export function notebook(months: Month[], chart: Json): Publication {
  return {
    key: "publications/rain-notebook",
    type: "notebook",
    description: "A notebook about Seattle's rain.",
    data: rainNotebook(months, chart),
  };
}

/** The same in a folder with its data, a chart and a text; the first version lacks the last year. */
export function folders(months: Month[], chart: Json): Publication[] {
  return [months.filter(({ month }) => String(month) < "2015"), months].map((known) => ({
    key: "publications/rain",
    type: "files",
    description: "A folder: a text with an image, the data, and a notebook.",
    data: null,
    files: {
      "README.md": readme(known),
      "data/months.csv": csv(known),
      "data/summary.json": `${JSON.stringify({ months: known.length, wettest: wettestOf(known) }, null, 2)}\n`,
      "images/rain.svg": bars(known),
      "notebooks/rain.ipynb": JSON.stringify(rainNotebook(known, chart), null, 1),
      Makefile: "all: data/months.csv\n\njupyter nbconvert --execute --inplace notebooks/rain.ipynb\n",
    },
  }));
}

function wettestOf(months: Month[]): Month {
  return months.reduce((most, month) => (Number(month.rain) > Number(most.rain) ? month : most));
}

function readme(months: Month[]): string {
  const { month, rain } = wettestOf(months);
  return `# Rain in Seattle

![Rain by month](images/rain.svg)

The wettest of ${months.length} months was **${month}** with ${rain} mm.

- [Data by month](data/months.csv)
- [Notebook](notebooks/rain.ipynb)
`;
}

function csv(months: Month[]): string {
  const rows = months.map(({ month, rain, warmest, coldest }) => [month, rain, warmest, coldest].join(","));
  return `month,rain,warmest,coldest\n${rows.join("\n")}\n`;
}

function bars(months: Month[]): string {
  const most = Number(wettestOf(months).rain);
  const each = months.map(({ rain }, at) => {
    const height = Math.round((Number(rain) / most) * 100);
    return `<rect x="${at * 10}" y="${100 - height}" width="8" height="${height}"/>`;
  });
  const width = months.length * 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="100" fill="#4c78a8">${each.join("")}</svg>\n`;
}
