import { expect, test } from "#test/browser/fixtures";
import { TrashPage } from "./pages/trash-page";

test("publishes, finds, edits, compares with the past, deletes and undoes", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  const first = await vitrine.artifact.create.mutate({
    key,
    type: "markdown",
    data: "# First",
    description: "To begin",
  });
  expect(first.version).toBe(1);

  await artifacts.goto();
  await expect(artifacts.row(key)).toContainText("Markdown");
  await artifacts.search.fill(key);
  await expect(artifacts.rows).toHaveCount(1);
  await expect(page).toHaveURL(new RegExp(`q=${key}`));
  await artifacts.filter("type=table", "Type is Table");
  await expect(page.getByRole("heading", { name: "No matching artifacts" })).toBeVisible();
  await page.getByRole("list", { name: "Filters" }).getByRole("link", { name: "Clear filter: Type is Table" }).click();
  await expect(artifacts.rows).toHaveCount(1);

  const history = await artifacts.openKey(key);
  await expect(history.panel.getByRole("heading", { name: "First" })).toBeVisible();
  let form = await history.edit();
  await form.describe("**Reviewed** by hand");
  await form.add(1, "rows", "12");
  const version = await form.save();
  await expect(page.getByText("Reviewed")).toBeVisible();
  await expect(version.about).toContainText("rows");
  await expect
    .poll(() => vitrine.artifact.read.query({ id: first.id }))
    .toMatchObject({
      version: 1,
      description: "**Reviewed** by hand",
      metadata: { rows: 12 },
    });

  form = await version.edit();
  await form.write("# Second");
  await form.submit("Publish new version");
  await version.toast.shows(`Published v2 of ${key}`);
  await version.shown();
  await expect(history.selected).toContainText("v2");
  await expect.poll(() => vitrine.collection.latest.query({ key })).toMatchObject({ version: 2, data: "# Second" });

  await expect(history.versions).toHaveCount(2);
  await history.look(1);
  await expect(page).toHaveURL(/\?version=1$/);
  await expect(history.panel.getByRole("heading", { name: "First" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Not the latest: go to v2" })).toBeVisible();
  await history.look(2);
  await history.more("Delete v2");
  await version.toast.shows(`Deleted v2 of ${key}`);
  await expect(history.versions).toHaveCount(1);
  await history.opened(1);
  await expect.poll(() => vitrine.collection.latest.query({ key })).toMatchObject({ version: 1 });

  await version.toast.undo();
  await version.toast.shows(`Restored v2 of ${key}`);
  await expect(history.versions).toHaveCount(2);
  await expect.poll(() => vitrine.collection.latest.query({ key })).toMatchObject({ version: 2 });
});

test("restores a version from the trash", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 40 });
  await vitrine.artifact.create.mutate({ key, type: "progress", data: 80 });
  await vitrine.artifact.remove.mutate({ id });

  const trash = await new TrashPage(page).goto(key);
  await expect(trash.restoreButton(key, 1)).toBeVisible();
  await trash.restore(key, 1);
  await trash.toast.shows(`Restored v1 of ${key}`);
  await expect(trash.restoreButton(key, 1)).toHaveCount(0);
  await expect
    .poll(() => vitrine.artifact.read.query({ id }).catch(() => null))
    .toMatchObject({ version: 1, isLatest: false });
});

test("deletes a version permanently after a confirmation", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1 });
  await vitrine.artifact.remove.mutate({ id });

  const trash = await new TrashPage(page).goto(key);
  await trash.deletePermanently(key, 1);
  await expect(trash.restoreButton(key, 1)).toHaveCount(0);
  await expect.poll(() => vitrine.trash.count.query({ where: { key } })).toBe(0);
});

test("deletes a key with all its versions and undoes it", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-below`, data: 0 });
  for (const data of [1, 2, 3]) await vitrine.artifact.create.mutate({ key, data });

  const history = await (await artifacts.goto(`?key=${key}`)).openKey(key);
  await history.deleteKey("3 versions");
  await history.toast.shows(`Deleted 3 versions of ${key}`);
  await expect(page.getByRole("heading", { level: 1, name: "Artifacts" })).toBeVisible();
  await expect(artifacts.row(key)).toHaveCount(0);
  // The list displays the reader's own change with its next result, without waiting for the server to render the page.
  await page.route(
    (url) => url.searchParams.has("_rsc"),
    () => {},
  );
  await artifacts.toast.undo();
  await artifacts.toast.shows(`Restored 3 versions of ${key}`);
  await expect(artifacts.row(key)).toContainText("v3");
});

test("lists the newest version that is not deleted as the latest", async ({ vitrine, artifacts, key }) => {
  const ids: string[] = [];
  for (const data of ["one", "two", "three"]) {
    ids.push((await vitrine.artifact.create.mutate({ key, type: "markdown", data })).id);
  }
  const [one = "", two = "", three = ""] = ids;
  await vitrine.artifact.remove.mutate({ id: three });
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.row(key)).toContainText("v2");
  await vitrine.artifact.remove.mutate({ id: one });
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.row(key)).toContainText("v2");
  await vitrine.artifact.remove.mutate({ id: two });
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.row(key)).toHaveCount(0);
});
