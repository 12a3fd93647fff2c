import type { Json } from "#contract/json";
import type { Page } from "#contract/query";
import type { Context } from "#server/context";

/** A stored row as the wire has it: its JSON text becomes `data`. */
export function dataOf<Row extends { text: string }>(ctx: Context, row: Row): Omit<Row, "text"> & { data: Json } {
  const { text, ...rest } = row;
  return { ...rest, data: ctx.data.value(text) };
}

/** A listed row as the wire has it: with data where its text was read. */
export function listed<Row extends { text?: string }>(ctx: Context, row: Row): Omit<Row, "text"> & { data?: Json } {
  const { text, ...rest } = row;
  return text === undefined ? rest : { ...rest, data: ctx.data.value(text) };
}

/** A page of listed rows as the wire has it. */
export function listedPage<Row extends { text?: string }>(
  ctx: Context,
  page: Page<Row>,
): Page<Omit<Row, "text"> & { data?: Json }> {
  return { ...page, items: page.items.map((row) => listed(ctx, row)) };
}
