import { ARTIFACT_FIELDS } from "#contract/query/artifact-fields";
import type { FieldKind, QueryField } from "#contract/query/field";
import { PRESENCES } from "#contract/query/fields";
import { FLOW_FIELDS } from "#contract/query/flow-fields";
import { RUN_FIELDS } from "#contract/query/run-fields";

/** What operators of each kind take. */
const VALUES: Record<FieldKind, string> = {
  name: "name, `*`, `~`",
  author: "name, `me`, `*`, `~`",
  key: "key, `*`, `~`",
  pattern: "part, `*`, `~`",
  choice: "text",
  id: "UUID",
  label: "label",
  tags: "tag",
  part: "part",
  whole: "whole number, comparison, range",
  limit: "whole number, comparison, range",
  size: "size, comparison, range",
  number: "number, comparison, range",
  time: "date or time, comparison, range",
  age: "age by comparison or range",
  state: "state",
  boolean: "`true` or `false`",
  folder: "folder",
  metadata: "text or number, `*`, `~`, `=`, comparison, range",
};

/** The query language, in markdown. */
export function queryPage(): string {
  return `<!-- Written by \`npm run reference\` from the contract. -->

# Query language

One line of text filters artifacts everywhere: in the search box of their list, \`where: { query }\` in the API and the client, and
\`vitrine ls QUERY\`.

\`\`\`text
type:table flow:weather* rows:>100 age:<7d -tag:draft
(label:production or run.state:failed) metadata.region:eu "heavy rain"
\`\`\`

\`\`\`ts
await vitrine.collection.list.query({ where: { query: "type:table -tag:draft rows:>100" }, sort: "ROWS_DESC" });
\`\`\`

## Rules

- Conditions are written \`name:value\`, and all must match. \`or\` between them binds weaker; parentheses group. \`and\` can be
  written, and changes nothing. Case does not matter in these words and in names of operators.
- \`-\` before a condition or parenthesis negates it exactly: \`-type:table\` finds what has another type, and what has none.
  \`NOT\`, in capitals and with a space, does the same.
- Several values are separated by commas: \`type:table,image\` is either. \`type:!=table,image\` is set, and is neither.
- A value with spaces, quotes, parentheses, commas, \`*\` or \`..\` that stand for themselves is in quotes; in these, a backslash
  comes before a quote or backslash: \`flow:"load \\"raw\\" data"\`.
- \`*\` is any characters in names and keys: \`flow:weather*\`, \`key:*/daily-*\`. Such patterns ignore case, names without them do
  not. \`name:*\` is as \`has:name\`. \`flow:~50_\` is the pattern of Prefect's \`like_\`: a part, where \`%\` is any characters and \`_\` is one.
- \`by:me\` is what the caller published, so that a shared view shows each reader their own; without credentials everyone is
  \`local\`. \`by:"me"\` is an author of that name.
- Numbers are compared by \`>\`, \`>=\`, \`<\` and \`<=\`. A range \`a..b\` includes both ends; one of them can be left out.
- Sizes have a unit in either case: \`B\`, \`kB\`, \`MB\`, \`GB\` of 1,000, and \`KiB\`, \`MiB\`, \`GiB\` of 1,024; none is bytes.
- Dates are days in UTC (\`2026-11-30\`) or times with an offset (\`2026-11-30T08:00Z\`, \`2026-11-30T08:00:00.5+01:00\`).
  \`created:2026-11-30\` is that whole day, \`created:>2026-11-30\` is after it, and \`created:2026-11-01..2026-11-30\` has both days.
- Ages are whole numbers of seconds, minutes, hours, days or weeks: \`age:<90m\`, \`age:1d..7d\`. They are counted from the clock of the
  database, once per request, and with \`asOf\` from that time.
- \`metadata.NAME\` and \`metadata.NAME.INNER\` are values within the metadata; a number is the position in a list, and a name with other
  characters than letters, digits, \`_\` and \`-\` is in quotes: \`metadata."a.b":1\`. A value without quotes is the text, and the number,
  \`true\`, \`false\` or \`null\` that it spells; in quotes it is the text alone. \`metadata.a:=[1,2]\` with quotes around what has commas
  is exactly this JSON: \`metadata.a:="[1,2]"\`. \`metadata.a:~text\` is a text that contains this, ignoring case, or a list that has it.
- A word alone, \`word*\` for its beginning, or a \`"phrase"\` is found by [search](search.md).
- An unknown operator or a value that an operator does not take is an error (\`BAD_REQUEST\`), never free text: \`details.place\` has
  \`offset\`, \`length\` and \`nearest\`, the valid word that was most likely meant. A word with a colon to be found as such is in quotes.

A query has at most 2,000 characters, 50 conditions and 20 levels of parentheses. With \`query\` and other
[filters](where.md) both must match. Everything that those can say has a spelling here.

## The version

${table(ARTIFACT_FIELDS)}

## The flow and deployment

${table(FLOW_FIELDS)}

## The flow run and task run

Where a version has no such run, or one that does not exist, these conditions do not match.

${table(RUN_FIELDS)}

## What is there

\`has:NAME\` finds what has it, \`-has:NAME\` what does not: ${[...PRESENCES.keys(), "metadata.NAME"].map((name) => `\`${name}\``).join(", ")}.
\`has:run\` is a flow run or task run that the version names, whether it exists or not.
`;
}

function table(fields: readonly QueryField[]): string {
  const rows = fields.map((field) => {
    const names = [field.name, ...(field.aliases ?? [])].map((name) => `\`${name}\``).join(", ");
    const signs = field.excludes ? ", `!=`" : "";
    return `| ${names} | ${field.doc} | ${VALUES[field.kind]}${signs} | \`${field.example}\` |`;
  });
  return ["| operator | compares | values | example |", "|---|---|---|---|", ...rows].join("\n");
}
