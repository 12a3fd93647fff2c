import { z } from "zod";
import { CollectionSort } from "./artifact";
import { Id, name, Reason, Timestamp, text } from "./value";

/** How many views one owner can have, and how many can be shared. */
export const MAX_VIEWS = 200;

/** How many columns a view can have. */
const MAX_COLUMNS = 20;

/** Of a view: 1 to 60 characters, without spaces around it. */
export const ViewName = name(60).refine((text) => text === text.trim(), {
  error: "must not begin or end with a space",
});

/** Columns of a list in their order, with their widths in pixels. Those that a program does not know are ignored by it. */
const ViewColumns = z
  .array(z.strictObject({ id: name(80), width: z.int().min(16).max(4_000) }))
  .max(MAX_COLUMNS)
  .refine((columns) => new Set(columns.map(({ id }) => id)).size === columns.length, {
    error: "must not have a column twice",
  });

/** What a view shows, and how; null is what the reader last chose. */
const state = {
  /** The filter, as the parameters of the list's URL: `type=table&where=rows:100..`; at most 4,000 bytes. */
  query: text(4_000).default(""),
  sort: CollectionSort.nullable().default(null),
  columns: ViewColumns.nullable().default(null),
  density: z.enum(["compact", "comfortable"]).nullable().default(null),
  layout: z.enum(["list", "cards"]).nullable().default(null),
};

/** Input of `view.create`. `id` is that of a deleted view, so that links to it work again. */
export const ViewCreate = z.strictObject({
  id: Id.optional(),
  name: ViewName,
  shared: z.boolean().default(false),
  ...state,
  reason: Reason.nullish(),
});
export type ViewCreate = z.output<typeof ViewCreate>;

/** Input of `view.update`: absent fields stay. `ifUpdated` is the timestamp of the view that the change is based on. */
export const ViewUpdate = z.strictObject({
  id: Id,
  name: ViewName.optional(),
  shared: z.boolean().optional(),
  query: state.query.unwrap().optional(),
  sort: state.sort.unwrap().optional(),
  columns: state.columns.unwrap().optional(),
  density: state.density.unwrap().optional(),
  layout: state.layout.unwrap().optional(),
  ifUpdated: Timestamp.optional(),
  reason: Reason.nullish(),
});
export type ViewUpdate = z.output<typeof ViewUpdate>;

/** Input of `view.setDefault`; null: none. */
export const ViewDefault = z.strictObject({ id: Id.nullable() });

/** What a view shows, and how. */
export type ViewState = Pick<ViewCreate, keyof typeof state>;

/** A named list of artifacts. */
export interface SavedView extends ViewState {
  id: string;
  name: string;
  /** Everyone's; otherwise that of its reader alone. */
  shared: boolean;
  /** Whether its reader's list opens with it. */
  isDefault: boolean;
  created: string;
  updated: string;
}
