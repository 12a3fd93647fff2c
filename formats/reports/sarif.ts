import type { Json } from "#contract/json";
import { cut, MAX_ROWS, MAX_TEXT } from "./report-rows";

export const LEVELS = ["error", "warning", "note", "none"] as const;
export type Level = (typeof LEVELS)[number];

/** One result of an analysis. */
export interface Finding {
  level: Level;
  rule: string;
  message: string;
  file: string;
  /** From 1; null where it is not said. */
  line: number | null;
  /** Why it does not count, if it was suppressed. */
  isSuppressed: boolean;
}

export interface SarifReport {
  /** The names and versions of the tools. */
  tools: string[];
  /** The first ones. */
  findings: Finding[];
  /** How many there are, and how many of each level count. */
  total: number;
  counts: Record<Level, number>;
}

/** Whether data is a SARIF log by its members. */
export function isSarif(data: Json): boolean {
  return isObject(data) && typeof data.version === "string" && listOf(data.runs).some((run) => toolOf(run) !== null);
}

/** The results of all runs of a SARIF log (2.1.0) in its order. What a run leaves out or has wrong is empty. */
export function readSarif(data: Json): SarifReport {
  const runs = isObject(data) ? listOf(data.runs).filter(isObject) : [];
  const tools = runs.map((run) => [toolOf(run), textOf(memberOf(driverOf(run), "version"))].filter(Boolean).join(" "));
  const report: SarifReport = {
    tools: [...new Set(tools)],
    findings: [],
    total: 0,
    counts: { error: 0, warning: 0, note: 0, none: 0 },
  };
  for (const run of runs) {
    const ruleOf = rulesOf(run);
    for (const result of listOf(run.results).filter(isObject)) {
      const rule = ruleOf(result);
      if (!isSuppressed(result)) report.counts[levelOf(result, rule)] += 1;
      if (report.findings.length < MAX_ROWS) report.findings.push(findingOf(result, rule));
      report.total += 1;
    }
  }
  return report;
}

type JsonObject = { [name: string]: Json };

/** The rule of each result of a run: by its index, else by its id. */
function rulesOf(run: JsonObject): (result: JsonObject) => Json | undefined {
  const rules = listOf(memberOf(driverOf(run), "rules"));
  const byId = new Map<string, Json>();
  for (const rule of rules) {
    const id = textOf(memberOf(rule, "id"));
    if (!byId.has(id)) byId.set(id, rule);
  }
  return (result) => {
    const index = typeof result.ruleIndex === "number" ? result.ruleIndex : memberOf(result.rule, "index");
    return (typeof index === "number" ? rules[index] : undefined) ?? byId.get(idOf(result));
  };
}

function idOf(result: JsonObject): string {
  return textOf(result.ruleId) || textOf(memberOf(result.rule, "id"));
}

function isSuppressed(result: JsonObject): boolean {
  return listOf(result.suppressions).some((each) => memberOf(each, "status") !== "rejected");
}

function findingOf(result: JsonObject, rule: Json | undefined): Finding {
  const place = memberOf(listOf(result.locations)[0], "physicalLocation");
  const line = memberOf(memberOf(place, "region"), "startLine");
  return {
    level: levelOf(result, rule),
    rule: cut(idOf(result) || textOf(memberOf(rule, "id"))),
    message: messageOf(result.message, rule),
    file: cut(textOf(memberOf(memberOf(place, "artifactLocation"), "uri"))),
    line: typeof line === "number" ? line : null,
    isSuppressed: isSuppressed(result),
  };
}

/** That of the result, else of its rule, else a warning; a result that is no failure has none. */
function levelOf(result: JsonObject, rule: Json | undefined): Level {
  if (typeof result.kind === "string" && result.kind !== "fail") return "none";
  const named = result.level ?? memberOf(memberOf(rule, "defaultConfiguration"), "level");
  return LEVELS.find((level) => level === named) ?? "warning";
}

/** The text of a message, or that of its rule with that id, with `{0}` replaced by its arguments. */
function messageOf(message: Json | undefined, rule: Json | undefined): string {
  const ofRule = memberOf(memberOf(memberOf(rule, "messageStrings"), textOf(memberOf(message, "id"))), "text");
  const text = textOf(memberOf(message, "text")) || textOf(ofRule);
  const values = listOf(memberOf(message, "arguments"));
  const pieces = cut(text).split(/\{(\d+)\}/);
  let filled = "";
  for (const [at, piece] of pieces.entries()) {
    if (filled.length > MAX_TEXT) break;
    filled += at % 2 === 0 ? piece : cut(textOf(values[Number(piece)])) || `{${piece}}`;
  }
  return cut(filled);
}

const driverOf = (run: Json | undefined) => memberOf(memberOf(run, "tool"), "driver");

function toolOf(run: Json | undefined): string | null {
  return textOf(memberOf(driverOf(run), "name")) || null;
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return value !== undefined && isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
