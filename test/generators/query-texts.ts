import fc from "fast-check";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import type { TextTerm } from "#contract/query/tree";
import { STATE_TYPES } from "#contract/state";
import type { Dataset } from "./draw";
import { isFound, textsIn } from "./free-text";
import { KEYS, LABELS, NAMES, NUMBERS, TAGS, TIMESTAMPS, TYPES, WORDS } from "./pools";

/** A query text with what it means, written down apart from the parser and the SQL. */
export interface MeaningfulText {
  text: string;
  matches: (row: Artifact) => boolean;
}

type Meaning = (row: Artifact) => boolean;
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** A text in quotes, or without where it needs none. */
const written = (text: string): fc.Arbitrary<string> =>
  /^[\p{L}\p{N}_/-]+$/u.test(text) ? fc.constantFrom(text, quoted(text)) : fc.constant(quoted(text));

const folded = (text: string | null | undefined) => text?.toLowerCase() ?? null;

/** Conditions on a name: exact, several, a part, a beginning and an end. */
function names(
  field: string,
  pool: readonly string[],
  of: (row: Artifact) => (string | null)[],
): fc.Arbitrary<MeaningfulText> {
  const parts = ["a", "E", "daily", "Ä", "-", "etl", "%"];
  const some = (row: Artifact, test: (name: string) => boolean) => of(row).some((name) => name !== null && test(name));
  const exact = fc.array(pick(pool), { minLength: 1, maxLength: 3 }).chain((values) =>
    fc.tuple(...values.map(written)).map((texts) => ({
      text: `${field}:${texts.join(",")}`,
      matches: (row: Artifact) => some(row, (name) => values.includes(name)),
    })),
  );
  const none = fc.array(pick(pool), { minLength: 1, maxLength: 2 }).map((values) => ({
    text: `${field}:!=${values.map(quoted).join(",")}`,
    matches: (row: Artifact) => of(row).length > 0 && of(row).every((name) => name !== null && !values.includes(name)),
  }));
  const like = fc
    .record({ part: pick(parts), kind: pick(["part", "start", "end", "middle"]) })
    .map(({ part, kind }) => {
      const value = /^[\p{L}-]+$/u.test(part) ? part : quoted(part);
      const low = part.toLowerCase();
      const forms: Record<string, [string, (name: string) => boolean]> = {
        part: [`*${value}*`, (name) => name.includes(low)],
        start: [`${value}*`, (name) => name.startsWith(low)],
        end: [`*${value}`, (name) => name.endsWith(low)],
        middle: [`${value}*r*`, (name) => name.startsWith(low) && name.slice(low.length).includes("r")],
      };
      const [pattern = "", test = () => false] = forms[kind] ?? [];
      return { text: `${field}:${pattern}`, matches: (row: Artifact) => some(row, (name) => test(name.toLowerCase())) };
    });
  return fc.oneof(exact, none, like);
}

/** Comparisons of a number. `of`: null matches none. */
function numbers(
  field: string,
  values: fc.Arbitrary<number>,
  of: (row: Artifact) => number | null,
): fc.Arbitrary<MeaningfulText> {
  const holds =
    (test: (value: number) => boolean): Meaning =>
    (row) => {
      const value = of(row);
      return value !== null && test(value);
    };
  return fc.oneof(
    values.map((n) => ({ text: `${field}:${n}`, matches: holds((value) => value === n) })),
    fc
      .tuple(values, values)
      .map(([n, m]) => ({ text: `${field}:!=${n},${m}`, matches: holds((value) => value !== n && value !== m) })),
    values.map((n) => ({ text: `${field}:>${n}`, matches: holds((value) => value > n) })),
    values.map((n) => ({ text: `${field}:>=${n}`, matches: holds((value) => value >= n) })),
    values.map((n) => ({ text: `${field}:<${n}`, matches: holds((value) => value < n) })),
    values.map((n) => ({ text: `${field}:..${n}`, matches: holds((value) => value <= n) })),
    fc.tuple(values, values).map(([n, m]) => ({
      text: `${field}:${Math.min(n, m)}..${Math.max(n, m)}`,
      matches: holds((value) => value >= Math.min(n, m) && value <= Math.max(n, m)),
    })),
  );
}

/** Timestamps have one form, which sorts as text. */
function times(field: string, of: (row: Artifact) => string | null | undefined): fc.Arbitrary<MeaningfulText> {
  const days = ["2025-12-31", "2026-01-01", "2026-06-15"];
  const holds =
    (test: (time: string) => boolean): Meaning =>
    (row) => {
      const time = of(row);
      return time != null && test(time);
    };
  return fc.oneof(
    fc.record({ time: pick(TIMESTAMPS), sign: pick(["<", "<=", ">", ">="]) }).map(({ time, sign }) => ({
      text: `${field}:${sign}${time}`,
      matches: holds((each) =>
        each < time ? sign.startsWith("<") : each > time ? sign.startsWith(">") : sign.endsWith("="),
      ),
    })),
    pick(days).map((day) => ({ text: `${field}:${day}`, matches: holds((each) => each.startsWith(day)) })),
    pick(days).map((day) => ({ text: `${field}:>${day}`, matches: holds((each) => each.slice(0, 10) > day) })),
    pick(days).map((day) => ({ text: `${field}:..${day}`, matches: holds((each) => each.slice(0, 10) <= day) })),
  );
}

function tags(field: string, of: (row: Artifact) => string[] | null): fc.Arbitrary<MeaningfulText> {
  return fc.array(pick(TAGS), { minLength: 1, maxLength: 2 }).map((values) => ({
    text: `${field}:${values.map(quoted).join(",")}`,
    matches: (row) => of(row)?.some((tag) => values.includes(tag)) === true,
  }));
}

const MEMBERS: [text: string, test: (value: Json) => boolean][] = [
  ["x", (value) => value === "x"],
  ["1", (value) => value === 1 || value === "1"],
  ['"1"', (value) => value === "1"],
  ["true", (value) => value === true || value === "true"],
  ["null", (value) => value === null],
  ["!=x", (value) => value !== "x"],
  ['="[1,2]"', (value) => JSON.stringify(value) === "[1,2]"],
  ["~X", (value) => (typeof value === "string" && /x/i.test(value)) || (Array.isArray(value) && value.includes("X"))],
  [">1", (value) => typeof value === "number" && value > 1],
  ["-1..1", (value) => typeof value === "number" && value >= -1 && value <= 1],
  ["*", () => true],
];

const metadata: fc.Arbitrary<MeaningfulText> = fc
  .record({ name: pick(["owner", "a", "ä"]), member: pick(MEMBERS) })
  .map(({ name, member: [text, test] }) => ({
    text: `metadata.${name}:${text}`,
    matches: (row) => {
      const value = row.metadata && Object.hasOwn(row.metadata, name) ? row.metadata[name] : undefined;
      return value !== undefined && test(value);
    },
  }));

/** Single conditions of many kinds over a dataset. */
function conditions(dataset: Dataset): fc.Arbitrary<MeaningfulText> {
  const byId = <Row extends { id: string }>(rows: Row[], id: string | null | undefined) =>
    rows.find((row) => row.id === id);
  const runOf = (row: Artifact) => byId(dataset.flowRuns, row.flowRunId);
  const taskOf = (row: Artifact) => byId(dataset.taskRuns, row.taskRunId);
  const flowOf = (row: Artifact) => byId(dataset.flows, runOf(row)?.flowId);
  const deploymentOf = (row: Artifact) => byId(dataset.deployments, runOf(row)?.deploymentId);
  const nameOf = (row: { name: string } | undefined) => (row ? [row.name] : []);
  const aboutOf = (row: Artifact) => dataset.abouts.find(({ key }) => key === row.key);
  const labelsOf = (row: Artifact) =>
    dataset.labels.filter(({ artifactId }) => artifactId === row.id).map(({ name }) => name);
  const authorOf = (row: Artifact) => byId(dataset.actors, dataset.authors.get(row.id));
  const tagsOf = (row: Artifact) => [...row.tags, ...(aboutOf(row)?.tags ?? [])];
  const versionsOf = (row: Artifact) => row.key && dataset.artifacts.filter(({ key }) => key === row.key).length;
  const has: [string, Meaning][] = [
    ["description", (row) => row.description !== null],
    ["key", (row) => row.key !== null],
    ["type", (row) => row.type !== null],
    ["rows", (row) => row.rows !== null],
    ["number", (row) => row.number !== null],
    ["tag", (row) => tagsOf(row).length > 0],
    ["owner", (row) => aboutOf(row)?.owner != null],
    ["label", (row) => labelsOf(row).length > 0],
    ["by", (row) => authorOf(row) !== undefined],
    ["run", (row) => row.flowRunId !== null || row.taskRunId !== null],
    ["flowrun", (row) => runOf(row) !== undefined],
    ["task", (row) => taskOf(row) !== undefined],
    ["deployment", (row) => deploymentOf(row) !== undefined],
    ["run.ended", (row) => runOf(row)?.endTime != null],
    ["metadata.owner", (row) => row.metadata !== null && Object.hasOwn(row.metadata, "owner")],
  ];
  const found =
    (text: string, kind: TextTerm["kind"]): Meaning =>
    (row) => {
      const { title, description, links = [] } = aboutOf(row) ?? {};
      const names = [row.key, row.description, title, description].flatMap((each) => each ?? []);
      const linked = links.flatMap((link) => [link.url, link.text ?? ""]);
      return isFound([...names, ...linked, ...textsIn(row.metadata).fields], names, { text, kind });
    };
  const whole = fc.nat({ max: 9 });
  return fc.oneof(
    names("key", KEYS, (row) => [row.key]).filter(({ text }) => !/%|"(?:Ä|E)/.test(text)),
    names("by", NAMES, (row) => nameOf(authorOf(row))),
    names("flow", NAMES, (row) => nameOf(flowOf(row))),
    names("deployment.name", NAMES, (row) => nameOf(deploymentOf(row))),
    names("run", NAMES, (row) => nameOf(runOf(row))),
    names("task", NAMES, (row) => nameOf(taskOf(row))),
    fc.array(pick(TYPES), { minLength: 1, maxLength: 2 }).map((values) => ({
      text: `type:${values.map(quoted).join(",")}`,
      matches: (row: Artifact) => row.type !== null && values.includes(row.type),
    })),
    pick(LABELS).map((label) => ({
      text: `label:${label}`,
      matches: (row: Artifact) => labelsOf(row).includes(label),
    })),
    pick(WORDS).map((owner) => ({
      text: `owner:${quoted(owner)}`,
      matches: (row: Artifact) => aboutOf(row)?.owner === owner,
    })),
    tags("tag", tagsOf),
    tags("run.tag", (row) => runOf(row)?.tags ?? null),
    tags("flow.tag", (row) => flowOf(row)?.tags ?? null),
    pick(STATE_TYPES).map((state) => ({
      text: `run.state:${state.toLowerCase()}`,
      matches: (row: Artifact) => runOf(row)?.state?.type === state,
    })),
    pick(STATE_TYPES).map((state) => ({
      text: `task.state:!=${state}`,
      matches: (row: Artifact) => (taskOf(row)?.state?.type ?? state) !== state,
    })),
    numbers("rows", whole, (row) => row.rows),
    numbers("version", whole, (row) => row.version),
    numbers("versions", whole, (row) => versionsOf(row) || null),
    numbers("size", fc.nat({ max: 99 }), (row) => row.size),
    numbers("number", fc.oneof(pick(NUMBERS), fc.double({ min: -5, max: 99, noNaN: true })), (row) => row.number),
    times("created", (row) => row.created),
    times("updated", (row) => row.updated),
    times("run.ended", (row) => runOf(row)?.endTime),
    times("run.started", (row) => runOf(row)?.startTime ?? runOf(row)?.expectedStartTime),
    metadata,
    pick(["etl", "ä", "daily", "50%"]).map((part) => ({
      text: `description:${quoted(part)}`,
      matches: (row: Artifact) => folded(row.description)?.includes(part) === true,
    })),
    pick(has).map(([name, matches]) => ({ text: `has:${name}`, matches })),
    pick(["etl", "daily", "büro"]).map((word) => ({ text: word, matches: found(word, "word") })),
    pick(["daily-", "et"]).map((word) => ({ text: `${word}*`, matches: found(word, "prefix") })),
    pick(["etl load", "50%_off", "back\\slash", "im büro"]).map((phrase) => ({
      text: quoted(phrase),
      matches: found(phrase, "phrase"),
    })),
  );
}

/** Queries of conditions on the rows of a dataset, joined and negated in any way. */
export function queryTexts(dataset: Dataset): fc.Arbitrary<MeaningfulText> {
  const condition = conditions(dataset);
  return fc
    .letrec<{ part: MeaningfulText; joined: MeaningfulText }>((tie) => ({
      part: fc.oneof(
        { depthSize: "small" },
        { weight: 4, arbitrary: condition },
        {
          weight: 1,
          arbitrary: tie("part").map(({ text, matches }) => ({
            text: `-${text}`,
            matches: (row: Artifact) => !matches(row),
          })),
        },
        { weight: 1, arbitrary: tie("joined").map(({ text, matches }) => ({ text: `(${text})`, matches })) },
      ),
      joined: fc
        .array(fc.array(tie("part"), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
        .map((groups) => ({
          text: groups.map((parts) => parts.map(({ text }) => text).join(" ")).join(" or "),
          matches: (row) => groups.some((parts) => parts.every(({ matches }) => matches(row))),
        })),
    }))
    .joined.filter(({ text }) => text.length <= 1_500 && text.split(/\s/).length <= 40);
}
