import { sql } from "drizzle-orm";
import { pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ViewState } from "#contract/view";
import { generatedId, jsonb, plainText, timestamps } from "./column";

/** Named lists of artifacts. */
export const view = pgTable(
  "view",
  {
    id: generatedId(),
    /** The actor whose own it is; null: everyone's. A trigger deletes those of a deleted person. */
    ownerId: uuid("owner_id"),
    name: plainText("name").notNull(),
    query: text("query").notNull(),
    sort: text("sort").$type<ViewState["sort"]>(),
    columns: jsonb("columns").$type<ViewState["columns"]>(),
    density: text("density").$type<ViewState["density"]>(),
    layout: text("layout").$type<ViewState["layout"]>(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("view_name").on(
      sql`(coalesce(${table.ownerId}, '00000000-0000-0000-0000-000000000000'::uuid))`,
      table.name,
    ),
  ],
);

/** The view that an actor's list opens with. */
export const viewDefault = pgTable("view_default", {
  actorId: uuid("actor_id").primaryKey(),
  viewId: uuid("view_id")
    .notNull()
    .references(() => view.id, { onDelete: "cascade" }),
});
