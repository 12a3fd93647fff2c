import type {
  AuthorCondition,
  ChoiceCondition,
  IdChoice,
  KeyCondition,
  LabelCondition,
  LimitCondition,
  MetadataCondition,
  NumberCondition,
  PatternCondition,
  TagsCondition,
  TextCondition,
  TimestampCondition,
  ValueCondition,
} from "../filter";
import type { Filters, StateCondition } from "../where";

/** What each kind of operator compares with, as a condition of `where`. */
interface Conditions {
  /** A name, with wildcards. */
  name: TextCondition;
  /** The same, or `me` without quotes: who asks. */
  author: AuthorCondition;
  key: KeyCondition;
  /** Part of a name, or a name with wildcards. */
  pattern: PatternCondition;
  choice: ChoiceCondition;
  id: IdChoice;
  label: LabelCondition;
  tags: TagsCondition;
  /** Part of a text. */
  part: { contains: string };
  /** A whole number from 0. */
  whole: NumberCondition;
  /** Bytes, with units. */
  size: NumberCondition;
  /** A whole number from 0 or a range of them. */
  limit: LimitCondition;
  number: ValueCondition;
  time: TimestampCondition;
  /** How long ago something was, by the clock of the database, or at the time of `asOf`. */
  age: TimestampCondition;
  state: NonNullable<StateCondition["type"]>;
  boolean: boolean;
  folder: string;
  metadata: MetadataCondition;
}

export type FieldKind = keyof Conditions;

interface FieldOf<Kind extends FieldKind> {
  /** As in `name:value`. */
  name: string;
  aliases?: readonly string[];
  kind: Kind;
  /** What it compares, in a few words. */
  doc: string;
  example: string;
  where: (condition: Conditions[Kind]) => Filters;
  /** What `has:name` and `name:*` mean, where it can be absent. */
  has?: Filters;
  /** Whether `name:!=value` is possible: is set, and is none of these. */
  excludes?: boolean;
}

/** An operator of the query language. */
export type QueryField = { [Kind in FieldKind]: FieldOf<Kind> }[FieldKind];
