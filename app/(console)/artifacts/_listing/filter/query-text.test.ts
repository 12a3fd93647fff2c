import { expect, it } from "vitest";
import { whereOf } from "#contract/list-filter/list-where";
import { hrefOf, loadView, type View } from "../view";
import { asFilters, asQuery } from "./query-text";

const viewOf = (search: string): Promise<View> => loadView(Promise.resolve(new URLSearchParams(search)));

/** The address of a view, decoded. */
const addressOf = (view: View | null) => view && decodeURIComponent(hrefOf(view)).replace(/^\/artifacts/, "");

it.each([
  ["type=table", "?q=type:table"],
  ["where=rows:100..;tag%26=eu", "?q=rows:>=100+tag:eu"],
  ["where=type!=table,image", "?q=type:!=table,image"],
  ["created=7d&flow=load+data", '?q=age:<7d+flow:"load+data"'],
  ["q=a+or+b&type=table", "?q=(a+or+b)+type:table"],
  ["where=metadata.a.b~x", "?q=metadata.a.b:~x"],
  ["key=daily&type=table", "?key=daily&q=type:table"],
  ["key=daily", null],
  ["q=type:table", null],
  ["where=updated:7d", null],
])("%s is written as %s", async (search, address) => {
  expect(addressOf(asQuery(await viewOf(search)))).toBe(address);
});

it.each([
  ["q=type:table", "?type=table"],
  ["q=rain+tag:eu+rows:>=5+rows:>9", "?q=rain+rows:>9&where=tag&=eu;rows:5.."],
  ["q=run.state:failed+flow:a", "?flow=a&state=FAILED"],
  ["q=run.name:*brave*+-type:table", "?q=-type:table&where=run~brave"],
  ["q=description:rain+label:prod,test", "?description=rain&where=label=prod,test"],
  ["q=type:table+or+rain", null],
  ["q=key:*daily*", null],
  ["q=rain", null],
  ["q=typ:table", null],
])("%s is shown as %s", async (search, address) => {
  expect(addressOf(asFilters(await viewOf(search)))).toBe(address);
});

it("keeps what the filter requires", async () => {
  const view = await viewOf("type=table&where=size:1..;number:0.5..2;version!=3;label!&q=rain");
  const written = asQuery(view);
  expect(written && whereOf(written, 0)).toEqual({
    query: "rain type:table size:>=1 number:>=0.5 number:<=2 version:!=3 -has:label",
  });
  expect(written && asFilters(written)).not.toBeNull();
});
