import { ScrollRegion } from "#app/_ui/scroll-region";
import { type ColumnComparison, type StatisticsLine, statisticsLines } from "#diff/statistics";

const HEAD = "whitespace-nowrap border-b bg-canvas px-3 py-1.5 font-medium text-soft";
const CELL = "whitespace-nowrap border-b px-3 py-1 group-last:border-b-0";

/** Each column before and after, for tables that have no row in common. */
export function Statistics({ columns }: { columns: ColumnComparison[] }) {
  const labels = columns[0] ? statisticsLines(columns[0]).map(({ label }) => label) : [];
  return (
    <ScrollRegion label="Column statistics" className="max-h-[60vh] overflow-auto rounded-md border bg-surface">
      <table className="min-w-full border-separate border-spacing-0 text-[13px] tabular-nums leading-5">
        <caption className="sr-only">Columns before and after</caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} text-left`}>
              Column
            </th>
            {labels.map((label) => (
              <th key={label} scope="col" className={`${HEAD} text-right first-letter:uppercase`}>
                {label}
              </th>
            ))}
            <td className={`${HEAD} w-full`} />
          </tr>
        </thead>
        <tbody>
          {columns.map((column, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
            <tr key={at} className="group">
              <th scope="row" className={`${CELL} max-w-64 truncate text-left font-medium`}>
                {column.name || "(no name)"}
              </th>
              {statisticsLines(column).map((line) => (
                <td key={line.label} className={`${CELL} text-right`}>
                  <BeforeAndAfter line={line} />
                </td>
              ))}
              <td className={CELL} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function BeforeAndAfter({ line: { from, to } }: { line: StatisticsLine }) {
  if (from === to) return <span className="text-faint">{to}</span>;
  return (
    <>
      <span className="text-soft">{from}</span> <span className="px-0.5 text-faint">→</span> {to}
    </>
  );
}
