import { LATEST } from "#contract/label";
import { columns, localTime } from "../artifacts/format";
import { findRow, parseReference } from "../artifacts/reference";
import { command } from "../runtime/command";
import { usageError } from "../terminal/error";

export const label = command({
  name: "label",
  summary: "Set or remove a label of a key, or list its labels",
  synopsis: "<key[@version]|id> [label]",
  argCount: [1, 2],
  complete: ["key", []],
  options: {
    remove: { type: "boolean", default: false, help: "Remove the label from the key" },
    if: { type: "string", value: "VERSION", help: "Only if it names this version now; none: only if it is not set" },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
  },
  details: `Without a label, lists those of the key. A label names one version: KEY@production then refers to it in every
command. KEY alone is the latest version.`,
  examples: ["vitrine label model@47 production", "vitrine label model production --remove", "vitrine label model"],
  async run({ args: [arg = "", name], values, connection, output }) {
    const reference = parseReference(arg);
    const { collection } = connection.vitrine;
    const key = "key" in reference && !arg.includes("@") ? reference.key : null;
    if (name === undefined || values.remove) {
      if (key === null) throw usageError("Use a key alone, without a version.");
      if (name === undefined) {
        const labels = await collection.labels.query({ key });
        const rows = labels.map((each) => [each.label, String(each.version), localTime(each.updated)]);
        return output.result(labels, () =>
          labels.length > 0 ? columns([["LABEL", "VERSION", "SET"], ...rows], output.width) : `${key} has no labels.`,
        );
      }
      const removed = await collection.label.mutate({ key, label: name, version: null, ...condition(values) });
      return output.result(removed, () => `${key}@${name} is not set.`);
    }
    if (name === LATEST) throw usageError("latest always names the latest version.");
    const row = await findRow(connection, reference);
    if (row.key === null || row.version === null) throw usageError("An artifact without a key has no labels.");
    const set = { key: row.key, label: name, version: row.version };
    const change = await collection.label.mutate({ ...set, ...condition(values) });
    const before = change.previous === null || change.previous === row.version ? "" : `, before v${change.previous}`;
    await output.result(change, () => `${row.key}@${name} is v${row.version}${before}.`);
  },
});

function condition({ if: named, reason }: { if?: string | undefined; reason?: string | undefined }) {
  if (named !== undefined && !/^(?:none|[1-9]\d{0,14})$/.test(named)) {
    throw usageError(`Invalid --if "${named}": use a version number, or none.`);
  }
  return {
    ...(named !== undefined && { ifVersion: named === "none" ? null : Number(named) }),
    ...(reason !== undefined && { reason }),
  };
}
