/** Operators that end in an underscore in Prefect's API. */
const OPERATORS = new Set(["any", "notAny", "all", "like", "exists", "isNull", "before", "after", "eq"]);

/** Translates a filter to Prefect's API: snake_case names, operators with a trailing underscore. */
export function toPrefectFilter(filter: unknown): unknown {
  if (Array.isArray(filter) || typeof filter !== "object" || filter === null) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => {
      if (name === "operator") return [name, `${value}_`];
      return [toSnakeCase(name) + (OPERATORS.has(name) ? "_" : ""), toPrefectFilter(value)];
    }),
  );
}

/** The same for a filter of collections, where the artifact's id is called `latest_id`. */
export function toPrefectCollectionFilter(where: { artifacts?: object | null }): unknown {
  const { artifacts, ...rest } = where;
  if (!artifacts) return toPrefectFilter(rest);
  const { id, ...others } = { id: undefined, ...artifacts };
  return toPrefectFilter({ ...rest, artifacts: id === undefined ? others : { ...others, latestId: id } });
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
