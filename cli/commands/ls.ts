import { MAX_LIMIT } from "#contract/limits";
import { parseKeyPattern } from "../artifacts/key-pattern";
import { DEFAULT_LIMIT, parseLimit, printRows, takeFirst } from "../artifacts/list-output";
import { command } from "../runtime/command";

export const ls = command({
  name: "ls",
  summary: "Lists the latest version of each key, or all versions",
  synopsis: "",
  takes: [0, 0],
  options: {
    all: { type: "boolean", short: "a", default: false, help: "every version, also what has no key" },
    type: { type: "string", short: "t", multiple: true, value: "TYPE", help: "of this type; given again, or of that" },
    key: { type: "string", short: "k", value: "PATTERN", help: "keys like this, where * stands for anything" },
    flow: { type: "string", value: "NAME", help: "made by runs of this flow" },
    limit: { type: "string", short: "n", value: "N", default: DEFAULT_LIMIT, help: "at most so many; 0 is all" },
  },
  help: "The newest come first. With --json it is a list of what the API calls artifacts.",
  async run({ values, connection, report }) {
    const pattern = values.key === undefined ? null : parseKeyPattern(values.key);
    const where = {
      artifacts: { type: values.type && { any: values.type }, key: pattern?.condition },
      ...(values.flow !== undefined && { flows: { name: { any: [values.flow] } } }),
    };
    const { artifacts, collections } = connection.vitrine;
    const limit = parseLimit(values.limit);
    const input = { where, limit: Math.min(MAX_LIMIT, limit + 1) };
    const passes = ({ key }: { key: string | null }) => pattern?.matches(key) ?? true;
    const found = await takeFirst(values.all ? artifacts.page(input) : collections.page(input), limit, passes);
    await printRows(report, found, "Nothing is here that matches.");
  },
});
