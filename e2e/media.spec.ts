import type { Page } from "@playwright/test";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { KeyPage } from "./pages/key-page";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

async function open(page: Page, key: string): Promise<void> {
  await page.goto(`/artifacts/key/${key}`);
  await new KeyPage(page).shownKey(key);
}

test("the images of a folder are shown one after the other and as thumbnails, and broken ones as bytes", async ({
  vitrine,
  key,
  page,
}) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600" onload="alert(1)"><rect width="90" height="60"/></svg>`;
  await vitrine.files(key, {
    "a.png": new Blob([Buffer.from(PNG, "base64")]),
    "b.svg": new Blob([svg]),
    "c.tif": new Blob(["II*\0no more"]),
    "d.gif": new Blob([Buffer.from(GIF, "base64")]),
    "e.png": new Blob([]),
    "data.csv": new Blob(["a,b\n1,2"]),
  });
  await open(page, key);
  const gallery = page.getByRole("toolbar", { name: "Gallery" });
  await expect(gallery).toContainText("1 of 5");
  await gallery.getByRole("button", { name: "Next image" }).press("Enter");
  const image = page.getByRole("img", { name: "b.svg" });
  await expect(image).toHaveJSProperty("naturalWidth", 900);
  await expect(gallery.getByRole("button", { name: "Next image" })).toBeFocused();
  await page.getByRole("button", { name: "1:1" }).click();
  const region = page.getByRole("region", { name: "Image", exact: true });
  await region.press("+");
  await expect(page.getByText("150 %")).toBeVisible();
  const box = await region.boundingBox();
  if (!box) throw new Error("The image is not there.");
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 200);
  await page.mouse.up();
  await expect(region).toHaveJSProperty("scrollLeft", 60);
  expect(await axeViolations(page)).toEqual([]);
  await region.press("0");
  await region.press("ArrowRight");
  await expect(gallery).toContainText("3 of 5");
  await expect(page.getByText("This image can't be shown")).toBeVisible();
  await expect(page.getByText("TIFF image")).toBeVisible();
  await gallery.getByRole("button", { name: "All images" }).click();
  const images = page.getByRole("list", { name: "Images" });
  await expect(images.getByRole("listitem")).toHaveCount(5);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect(images.locator("img[src^='data:']")).toHaveCount(3);
  await images.getByRole("button", { name: "d.gif" }).click();
  await expect(gallery).toContainText("4 of 5");
  await expect(page.getByRole("img", { name: "d.gif" })).toHaveAttribute("src", /^blob:/);
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("img", { name: "d.gif" })).toHaveAttribute("src", /^\/api\//);
  await gallery.getByRole("button", { name: "Next image" }).click();
  await expect(page.getByText("This file is empty.")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(gallery).toContainText("1 of 5");
});

test("a list of images is shown side by side, and one after the other", async ({ vitrine, key, page }) => {
  const url = `data:image/png;base64,${PNG}`;
  const data = [url, { url, alt: "The second" }, { url: "https://example.org/a.png", alt: "Elsewhere" }];
  await vitrine.artifact.create.mutate({ key, type: "images", data });
  await open(page, key);
  const images = page.getByRole("list", { name: "Images" });
  await expect(images.locator("img")).toHaveCount(2);
  await expect(images.getByRole("button", { name: "Show images from example.org" })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await images.getByRole("button", { name: "Image 1" }).click();
  const gallery = page.getByRole("toolbar", { name: "Gallery" });
  await gallery.getByRole("button", { name: "Next image" }).press("Enter");
  await expect(page.getByRole("img", { name: "The second" })).toHaveJSProperty("naturalWidth", 1);
  await page.keyboard.press("ArrowLeft");
  await expect(gallery).toContainText("1 of 3");
  await gallery.getByRole("button", { name: "All images" }).click();
  await expect(images.getByRole("button", { name: "Image 1" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("+");
  await expect(page.getByText("150 %")).toBeVisible();
});

test("sound is loaded from where it is played, and what can't be played is said", async ({ vitrine, key, page }) => {
  const seconds = 120;
  const sound = Buffer.alloc(44 + seconds * 96_000);
  const header = "524946460000000057415645666d7420100000000100010080bb00000077010002001000646174610000000000000000";
  Buffer.from(header, "hex").copy(sound);
  sound.writeUInt32LE(sound.length - 8, 4);
  sound.writeUInt32LE(sound.length - 44, 40);
  await vitrine.file(key, new Blob([sound]), { name: "long.wav" });
  const starts: number[] = [];
  page.on("response", (response) => {
    const from = /^bytes (\d+)-/.exec(response.headers()["content-range"] ?? "")?.[1];
    if (response.status() === 206 && from !== undefined) starts.push(Number(from));
  });
  await open(page, key);
  await expect(page.getByText("2:00", { exact: true })).toBeVisible();
  const audio = page.locator("audio");
  await audio.evaluate((element: HTMLAudioElement, to) => {
    element.currentTime = to;
  }, seconds - 10);
  await expect.poll(() => starts.some((from) => from > sound.length / 2)).toBe(true);
  await expect(audio).toHaveJSProperty("seeking", false);
  await vitrine.file(`${key}-unknown`, new Blob([Buffer.alloc(5_000, 7)]), { name: "film.mp4" });
  await open(page, `${key}-unknown`);
  await expect(page.getByText("This browser can't play the video")).toBeVisible();
  await expect(page.getByRole("region", { name: "Bytes of film.mp4" })).toContainText("07 07");
  await vitrine.file(`${key}-lost`, new Blob([sound.subarray(0, 200_000)]), { name: "lost.wav" });
  await page.route(/as=file/, (route) => route.fulfill({ status: 404 }));
  await open(page, `${key}-lost`);
  await expect(page.getByText("The data could not be loaded.")).toBeVisible();
  await expect(page.getByText("This browser can't play")).toHaveCount(0);
  await page.unroute(/as=file/);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(audio).toBeVisible();
});
