import { GeneralSort } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";
import { parseListQuery, timeOf } from "#contract/list-filter/list-query";
import { whereOf } from "#contract/list-filter/list-where";
import { parseQuery } from "#contract/query/parse";
import { problemText } from "#contract/query/tree";
import type { SavedView } from "#contract/view";
import { pluralize } from "#formats/number";
import { parseKeyPattern } from "../artifacts/key-pattern";
import { DEFAULT_LIMIT, parseLimit, printRows, takeFirst } from "../artifacts/list-output";
import { AS_OF, parseAsOf } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { notFoundError, usageError } from "../terminal/error";

export const ls = command({
  name: "ls",
  summary: "List artifacts",
  synopsis: "[query …]",
  argCount: [0, Number.POSITIVE_INFINITY],
  takesQuery: true,
  options: {
    all: { type: "boolean", short: "a", default: false, help: "List all versions, and artifacts without a key" },
    type: { type: "string", short: "t", multiple: true, value: "TYPE", help: "Filter by type; repeat for more types" },
    key: { type: "string", short: "k", value: "PATTERN", help: "Filter by key; * matches any characters" },
    tag: {
      type: "string",
      multiple: true,
      value: "TAG",
      help: "Filter by tags of the version and its key, all of them",
    },
    view: { type: "string", value: "NAME", help: "What a saved view shows, by its name or id; without other filters" },
    flow: { type: "string", value: "NAME", help: "Filter by the flow that published them" },
    "as-of": AS_OF,
    limit: {
      type: "string",
      short: "n",
      value: "N",
      default: DEFAULT_LIMIT,
      help: `Most rows to list; 0 for all (default: ${DEFAULT_LIMIT})`,
    },
  },
  details: `Lists the latest version of each key, newest first. A query filters them further: put it in quotes, as shells have their own
use for <, >, ( and *, and -- before one that begins with a dash:

  vitrine ls 'type:table rows:>100 age:<7d'
  vitrine ls -- '-tag:draft (label:production or run.state:failed)'`,
  async run({ args, values, connection, output }) {
    const query = args.join(" ");
    expectQuery(query);
    const pattern = values.key === undefined ? null : parseKeyPattern(values.key);
    const where = {
      ...(query !== "" && { query }),
      artifacts: {
        type: values.type && { any: values.type },
        key: pattern?.condition,
        tags: values.tag && { all: values.tag },
      },
      ...(values.flow !== undefined && { flows: { name: { any: [values.flow] } } }),
    };
    const { artifacts, collections } = connection.vitrine;
    const limit = parseLimit(values.limit);
    const asOf = await parseAsOf(values["as-of"], connection, output);
    const paging = { asOf, limit: Math.min(MAX_LIMIT, limit + 1) };
    let unsearched = 0;
    const onPage: OnPage = ({ pending = 0 }) => {
      unsearched = pending;
    };
    const noteUnsearched = () => {
      if (unsearched === 0) return;
      const count = pluralize(unsearched, "version");
      output.note(`${count} ${asOf === undefined ? "not searched yet" : "not searched as they were then"}.`);
    };
    if (values.view !== undefined) {
      if (
        args.length > 0 ||
        values.all ||
        values.type ||
        values.key !== undefined ||
        values.tag ||
        values.flow !== undefined
      ) {
        throw usageError("--view has its own filter: use it without a query, --all, --type, --key, --tag and --flow.");
      }
      const list = listOfView(connection, await findView(connection, values.view), paging, onPage);
      await printRows(output, await takeFirst(list, limit, () => true), "No artifacts found.");
      return noteUnsearched();
    }
    const input = { where, ...paging };
    const matches = ({ key }: { key: string | null }) => pattern?.matches(key) ?? true;
    const list = values.all ? artifacts.page(input, onPage) : collections.page(input, onPage);
    await printRows(output, await takeFirst(list, limit, matches), "No artifacts found.");
    noteUnsearched();
  },
});

/** @throws CliError with the place of a problem under the query */
function expectQuery(query: string): void {
  const { problem } = parseQuery(query);
  if (!problem) return;
  const before = query.slice(0, problem.offset).replace(/\S/gu, " ");
  const marks = "^".repeat(Math.max(1, problem.length));
  throw usageError(`The query has an error: ${problemText(problem)}.\n  ${query}\n  ${before}${marks}`);
}

/** Of two views with a name, the caller's own. */
async function findView({ vitrine }: Connection, name: string): Promise<SavedView> {
  const views = await vitrine.view.list.query();
  const found = views.find((view) => view.name === name) ?? views.find(({ id }) => id === name.toLowerCase());
  if (found) return found;
  const names = views.map((view) => `"${view.name}"`);
  throw notFoundError(`There is no view "${name}"${names.length > 0 ? `; there are ${names.join(", ")}` : ""}.`);
}

type OnPage = (page: { pending?: number }) => void;

function listOfView(
  { vitrine }: Connection,
  view: SavedView,
  paging: { asOf?: string; limit: number },
  onPage: OnPage,
) {
  const query = parseListQuery(view.query);
  const input = { where: whereOf(query, timeOf(paging.asOf)), ...paging };
  if (query.keys === "any" && query.versions === "latest") {
    return vitrine.collections.page({ ...input, sort: view.sort ?? undefined }, onPage);
  }
  return vitrine.artifacts.page({ ...input, sort: GeneralSort.safeParse(view.sort).data }, onPage);
}
