/** The contract's words that end in an underscore in Prefect's dialect. */
const OPERATORS = new Set(["any", "notAny", "all", "like", "exists", "isNull", "before", "after", "eq"]);

/** A filter of the contract in Prefect's dialect: snake_case, operators with an underscore at their end. */
export function prefectDialect(filter: unknown): unknown {
  if (Array.isArray(filter) || typeof filter !== "object" || filter === null) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => {
      if (name === "operator") return [name, `${value}_`];
      return [snake(name) + (OPERATORS.has(name) ? "_" : ""), prefectDialect(value)];
    }),
  );
}

/** The same for a filter of collections, whose artifact's id has another name there. */
export function prefectCollectionDialect(where: { artifacts?: object | null }): unknown {
  const { artifacts, ...rest } = where;
  if (!artifacts) return prefectDialect(rest);
  const { id, ...others } = { id: undefined, ...artifacts };
  return prefectDialect({ ...rest, artifacts: id === undefined ? others : { ...others, latestId: id } });
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
