import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { Page } from "@playwright/test";
import { connect } from "#client/connect";
import { expect, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";
import { interactive } from "./pages/interactive";

/** A host that must hear nothing: it counts connections, and packets to the same port. */
async function openHost() {
  const received: string[] = [];
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket);
    received.push("a connection");
    socket.on("data", (bytes) => received.push(bytes.toString("latin1").slice(0, 200))).on("error", () => {});
  });
  tcp.listen(0, "127.0.0.1");
  await once(tcp, "listening");
  const address = tcp.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const udp = createSocket("udp4").on("message", () => received.push("a packet"));
  udp.bind(port, "127.0.0.1");
  await once(udp, "listening");
  return {
    received,
    url: `http://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      udp.close();
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => tcp.close(resolve));
    },
  };
}

/** What a document may try at once, and then says in its title element what it found. */
const hostile = (url: string, port: number) => `<!doctype html>
<html><head><meta charset="utf-8"><title>Hostile</title>
<base href="${url}/base/">
<link rel="stylesheet" href="${url}/style.css"><link rel="icon" href="${url}/icon.png">
<link rel="prefetch" href="${url}/prefetch"><link rel="preload" as="image" href="${url}/preload">
<link rel="modulepreload" href="${url}/module.js"><link rel="preconnect" href="${url}">
<link rel="dns-prefetch" href="${url}"><link rel="prerender" href="${url}/prerender"><link rel="manifest" href="${url}/m.json">
<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${url}/speculation"],"eagerness":"immediate"}],"prerender":[{"source":"list","urls":["${url}/prerender-rule"],"eagerness":"immediate"}]}</script>
<script src="${url}/script.js"></script>
<style>@import "${url}/import.css"; @font-face { font-family: x; src: url(${url}/font.woff2) } body { font-family: x; background: url(${url}/bg.png) }</style>
</head><body><h1>Quarterly report</h1><p id="found">…</p>
<img src="${url}/image.png" srcset="${url}/image2.png 2x"><video src="${url}/video.mp4" poster="${url}/poster.png"></video>
<audio src="${url}/audio.mp3"></audio><object data="${url}/object"></object><embed src="${url}/embed">
<iframe src="${url}/frame"></iframe><iframe srcdoc="<img src='${url}/srcdoc.png'><script>new RTCPeerConnection({iceServers:[{urls:'stun:127.0.0.1:${port}'}]}).createDataChannel('x')</script>"></iframe>
<svg><image href="${url}/svg.png"/><use href="${url}/use.svg#a"/></svg>
<form id="form" action="${url}/form" method="post"><input name="a" value="b"></form>
<a id="ping" href="#x" ping="${url}/ping">x</a><a id="download" href="data:text/plain,x" download>y</a>
<script>
(async () => {
  const found = [];
  const attempt = async (name, run) => {
    try {
      const result = await Promise.race([run(), new Promise((_, no) => setTimeout(no, 1500, new Error("time")))]);
      found.push(name + ": " + result);
    } catch {}
  };
  await attempt("cookie", () => document.cookie || Promise.reject());
  await attempt("setting a cookie", () => { document.cookie = "a=b"; return document.cookie || Promise.reject(); });
  await attempt("localStorage", () => localStorage.length);
  await attempt("indexedDB", () => new Promise((yes, no) => { const r = indexedDB.open("x"); r.onsuccess = () => yes("open"); r.onerror = no; }));
  await attempt("caches", () => caches.keys());
  await attempt("parent document", () => parent.document.title);
  await attempt("top location", () => top.location.href);
  await attempt("the API", async () => (await fetch(location.origin === "null" ? new URL("/api/trpc/artifact.list", location.href) : "/", { credentials: "include" })).status);
  await attempt("fetch", () => fetch("${url}/fetch", { mode: "no-cors" }).then(() => "sent"));
  await attempt("beacon", () => navigator.sendBeacon("${url}/beacon") && Promise.reject());
  await attempt("XMLHttpRequest", () => new Promise((yes, no) => { const x = new XMLHttpRequest(); x.onload = () => yes("sent"); x.onerror = no; x.open("GET", "${url}/xhr"); x.send(); }));
  await attempt("WebSocket", () => new Promise((yes, no) => { const s = new WebSocket("ws://127.0.0.1:${port}/"); s.onopen = () => yes("open"); s.onerror = no; }));
  await attempt("EventSource", () => new Promise((yes, no) => { const s = new EventSource("${url}/events"); s.onopen = () => yes("open"); s.onerror = no; }));
  await attempt("service worker", () => navigator.serviceWorker.register("worker.js").then(() => "registered"));
  await attempt("worker", () => new Promise((yes, no) => {
    const w = new Worker(URL.createObjectURL(new Blob(["fetch('${url}/worker').then(() => postMessage('sent'), () => postMessage('blocked'))"])));
    w.onmessage = ({ data }) => (data === "sent" ? yes(data) : no()); w.onerror = no;
  }));
  await attempt("import", () => import("${url}/import.js").then(() => "loaded"));
  await attempt("WebRTC", () => new Promise((yes, no) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${port}" }] });
    peer.createDataChannel("x"); peer.onicecandidate = ({ candidate }) => (candidate ? yes(candidate.candidate) : no());
    peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(no);
  }));
  const inFrame = (add) => new Promise((yes, no) => {
    addEventListener("message", ({ data }) => (data === "RTC" ? yes(data) : data === "none" && no()));
    add("<iframe srcdoc=\\"<script>parent.postMessage(self.RTCPeerConnection ? 'RTC' : 'none', '*')</scr" + "ipt>\\"></iframe>");
  });
  const host = () => document.body.appendChild(document.createElement("div"));
  await attempt("WebRTC of a shadow tree", () => inFrame((html) => { host().attachShadow({ mode: "closed" }).innerHTML = html; }));
  await attempt("WebRTC of a declared one", () => inFrame((html) => host().setHTMLUnsafe("<p><template shadowrootmode=open>" + html + "</template></p>")));
  await attempt("WebRTC of an empty frame", () => document.body.appendChild(document.createElement("iframe")).contentWindow.RTCPeerConnection ? "RTC" : Promise.reject());
  await attempt("WebTransport", () => new WebTransport("https://127.0.0.1:${port}/").ready.then(() => "open"));
  await attempt("window", () => (window.open("${url}/window") ? "opened" : Promise.reject()));
  await attempt("top", () => { top.location = "${url}/top"; return Promise.reject(); });
  document.getElementById("ping").click();
  document.getElementById("download").click();
  document.getElementById("form").requestSubmit();
  document.getElementById("form").submit();
  const link = document.createElement("link"); link.rel = "preconnect"; link.href = "${url}"; document.head.append(link);
  for (const message of [null, 1, { blocked: {} }, { ready: 1 }, { blocked: "x".repeat(1e6), by: "img-src" }]) parent.postMessage(message, "*");
  document.getElementById("found").textContent = "Found: " + (found.join("; ") || "nothing");
})();
</script></body></html>`;

const LEAVING = (url: string) =>
  `<!doctype html><meta http-equiv="refresh" content="0;url=${url}/refresh"><script>setTimeout(() => { location = "${url}/location"; }, 200)</script><p>Leaving</p>`;

/** Opens a page whose console may have errors: browsers log there what they block. */
async function openLoud(page: Page, path: string): Promise<Page> {
  const loud = await page.context().newPage();
  await loud.goto(path);
  await interactive(loud);
  return loud;
}

test("a hostile report reaches nothing, and the page says what it tried", async ({ vitrine, key, page }) => {
  await using host = await openHost();
  const html = hostile(host.url, host.port);
  await vitrine.files(key, { "index.html": new Blob([html]), "leaving.html": new Blob([LEAVING(host.url)]) });
  await vitrine.artifact.create.mutate({ key: `${key}-text`, type: "html", data: html });
  for (const name of [key, `${key}-text`]) {
    const loud = await openLoud(page, `/artifacts/key/${name}`);
    const report = loud.frameLocator("main iframe");
    await expect(report.getByText("Found: ")).toHaveText("Found: nothing");
    const main = loud.getByRole("main");
    await expect(main.getByText("This report tried to load from:")).toContainText(host.url);
    await expect(main.getByText("This report tried to open:")).toContainText(host.url);
    expect(new URL(loud.url()).pathname).toBe(`/artifacts/key/${name}`);
    expect(
      loud
        .context()
        .pages()
        .filter((each) => each.url().startsWith(host.url)),
    ).toEqual([]);
    if (name === key) {
      await main.getByRole("treeitem", { name: "leaving.html" }).click();
      await expect(main.getByText("This report tried to open:")).toContainText(host.url);
      await expect(main.getByText("This report tried to load from:")).toHaveCount(0);
    }
    await loud.close();
  }
  expect(host.received).toEqual([]);
});

test("a report that sends messages without end is stopped, and the page goes on", async ({ vitrine, key, page }) => {
  const data = `<script>
    setInterval(() => {
      for (let n = 0; n < 500; n++) parent.postMessage({ ready: true, link: "https://example.org/" + n }, "*");
    }, 5);
  </script>${"x".repeat(1_000_000)}`;
  await vitrine.artifact.create.mutate({ key, type: "html", data });
  await page.goto(`/artifacts/key/${key}`);
  await expect(page.getByText("This report sent messages without end, so it was stopped.")).toBeVisible();
  await expect(page.locator("main iframe")).toHaveCount(0);
  await page.getByRole("button", { name: "Source" }).click();
  await expect(page.getByRole("region", { name: "Code" })).toContainText("setInterval");
});

test("a report of a folder runs with its own files, follows its pages, shows its source and fills the screen", async ({
  vitrine,
  key,
  page,
}) => {
  await vitrine.files(key, {
    "index.html": new Blob([
      `<!doctype html><link rel="stylesheet" href="css/a.css"><h1>Report</h1><img src="img/a%20b.svg" alt="figure"><p id="out"></p>
      <a href="pages/two.html" target="_blank">Second page</a><a href="https://example.org/x">Elsewhere</a>
      <script src="js/a.js"></script><script type="module" src="js/m.js"></script>`,
    ]),
    "css/a.css": new Blob(["h1 { color: rgb(1, 2, 3) }"]),
    "js/a.js": new Blob(["document.title = document.compatMode;"]),
    "js/m.js": new Blob(["import { text } from './n.js'; document.getElementById('out').textContent = text;"]),
    "js/n.js": new Blob(["export const text = 'module ' + document.title;"]),
    "img/a b.svg": new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>']),
    "pages/two.html": new Blob(["<!doctype html><h2>Page two</h2><a href='../index.html'>Back</a>"]),
  });
  await page.goto(`/artifacts/key/${key}`);
  await interactive(page);
  const main = page.getByRole("main");
  const report = page.frameLocator("main iframe");
  await expect(report.getByText("module CSS1Compat")).toBeVisible();
  await expect(report.getByRole("heading", { name: "Report" })).toHaveCSS("color", "rgb(1, 2, 3)");
  expect(await report.getByAltText("figure").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(30);
  await report.getByRole("link", { name: "Elsewhere" }).click();
  await expect(main.getByRole("link", { name: "Open link" })).toHaveAttribute("href", "https://example.org/x");
  await report.getByRole("link", { name: "Second page" }).click();
  await expect(report.getByRole("heading", { name: "Page two" })).toBeVisible();
  await main.getByRole("button", { name: "Full screen" }).click();
  const height = () => page.evaluate(() => document.fullscreenElement?.querySelector("iframe")?.clientHeight);
  await expect.poll(height).toBeGreaterThan(700);
  await page.evaluate(() => document.exitFullscreen());
  await main.getByRole("button", { name: "Reload" }).click();
  await expect(report.getByRole("heading", { name: "Report" })).toBeVisible();
  await main.getByRole("button", { name: "Source" }).click();
  await expect(main.getByText('<link rel="stylesheet" href="css/a.css">').first()).toBeVisible();
  await expect(main.locator("iframe")).toHaveCount(0);
});

test("a report of a folder shows other files of it in frames, whose links open in the frames that they name", async ({
  vitrine,
  key,
  page,
}) => {
  await vitrine.files(key, {
    "index.html": new Blob([
      "<!doctype html><title>Report</title><frameset cols='50%,50%'><frame src='nav/menu.html' name='menu'><frame src='one.html' name='body'></frameset>",
    ]),
    "nav/menu.html": new Blob([
      "<!doctype html><base target='body'><a href='../two.html'>Second</a> <a href='../whole.html' target='_top'>Whole</a>",
    ]),
    "one.html": new Blob(["<!doctype html><h1>One</h1><iframe src='parts/deep.html'></iframe>"]),
    "parts/deep.html": new Blob(["<!doctype html><p id='out'></p><script src='deep.js'></script>"]),
    "parts/deep.js": new Blob(["document.getElementById('out').textContent = 'deep ' + document.compatMode;"]),
    "two.html": new Blob(["<!doctype html><h1>Two</h1><a href='https://example.org/y'>Elsewhere</a>"]),
    "whole.html": new Blob(["<!doctype html><h1>Whole</h1>"]),
  });
  await page.goto(`/artifacts/key/${key}`);
  await interactive(page);
  await page.getByRole("treeitem", { name: "index.html" }).click();
  const report = page.frameLocator("main iframe");
  const body = report.frameLocator("frame[name=body]");
  await expect(body.getByRole("heading", { name: "One" })).toBeVisible();
  await expect(body.frameLocator("iframe").getByText("deep CSS1Compat")).toBeVisible();
  const menu = report.frameLocator("frame[name=menu]");
  await menu.getByRole("link", { name: "Second" }).click();
  await body.getByRole("link", { name: "Elsewhere" }).click();
  await expect(page.getByRole("link", { name: "Open link" })).toHaveAttribute("href", "https://example.org/y");
  await menu.getByRole("link", { name: "Whole" }).click();
  await expect(report.getByRole("heading", { name: "Whole" })).toBeVisible();
});

test("a hostile document in a frame of a report reaches no more than the report", async ({ vitrine, key, page }) => {
  await using host = await openHost();
  const leaving = `<!doctype html><p>Leaving</p><script>
    const attempt = (run) => { try { run(); } catch {} };
    attempt(() => { top.location = "${host.url}/top"; });
    attempt(() => { parent.location = "${host.url}/parent"; });
    attempt(() => { parent.frames[0].location = "${host.url}/sibling"; });
    parent.postMessage({ target: "_parent", open: "${host.url}/open" }, "*");
    setTimeout(() => { location = "${host.url}/location"; }, 100);
  </script>`;
  await vitrine.files(key, {
    "index.html": new Blob([
      "<!doctype html><h1>Frames</h1><iframe src='hostile.html'></iframe><iframe src='leaving.html'></iframe>",
    ]),
    "hostile.html": new Blob([hostile(host.url, host.port)]),
    "leaving.html": new Blob([leaving]),
  });
  const loud = await openLoud(page, `/artifacts/key/${key}`);
  const report = loud.frameLocator("main iframe");
  await expect(report.frameLocator("iframe[src='hostile.html']").getByText("Found: ")).toHaveText("Found: nothing");
  const main = loud.getByRole("main");
  await expect(main.getByText("This report tried to load from:")).toContainText(host.url);
  await expect(main.getByText("This report tried to open:")).toContainText(host.url);
  await expect(report.getByRole("heading", { name: "Frames" })).toBeVisible();
  expect(new URL(loud.url()).pathname).toBe(`/artifacts/key/${key}`);
  await loud.close();
  expect(host.received).toEqual([]);
});

test("a figure of Plotly is drawn in a frame that loads nothing, and as JSON where it can't be", async ({
  vitrine,
  key,
  page,
}) => {
  await using host = await openHost();
  const bar = { type: "bar", x: ["Oslo", "Rome"], y: [3, 4], name: "Rain" };
  const images = [{ source: `${host.url}/a.png`, xref: "paper", yref: "paper", sizex: 1, sizey: 1 }];
  await vitrine.artifact.create.mutate({ key, data: { data: [bar, { y: [1, 2] }], layout: { images } } });
  const loud = await openLoud(page, `/artifacts/key/${key}`);
  const frame = loud.frameLocator("iframe[title=Chart]");
  await expect(frame.locator(".bars .point path")).toHaveCount(2);
  await expect(frame.getByText("Oslo")).toBeVisible();
  await expect(loud.getByText(`${host.url}/a.png`)).toBeVisible();
  await loud.emulateMedia({ media: "print" });
  await expect(loud.getByRole("img", { name: "Chart" })).toBeVisible();
  await loud.close();
  expect(host.received).toEqual([]);
  await vitrine.artifact.create.mutate({ key, type: "plotly", data: { data: [{ type: "surface", z: [[1]] }] } });
  await page.goto(`/artifacts/key/${key}`);
  await expect(page.getByText("Traces of the type surface aren't supported")).toBeVisible();
});

test("a viewer of the operator shows its data and files in the sandbox, and is named by metadata", async ({
  page,
  key,
}) => {
  await using product = await startProduct({ VITRINE_VIEWERS: "examples/viewers" });
  const vitrine = connect({ url: product.url });
  await vitrine.artifact.create.mutate({
    key,
    type: "palette",
    data: ["#0b6b7d", { name: "Ochre", colour: "#b7791f" }],
  });
  await page.goto(`${product.url}/artifacts/key/${key}`);
  const palette = page.frameLocator("iframe[title=colour-palette]");
  await expect(palette.getByText("Ochre #b7791f")).toBeVisible();
  const gimp = new Blob(["GIMP Palette\n# mine\n255 0 16\tRuby\n"]);
  await vitrine.files(`${key}-files`, { "a b.gpl": gimp, "notes.txt": new Blob(["text"]) });
  await page.goto(`${product.url}/artifacts/key/${key}-files`);
  await page.getByRole("treeitem", { name: "a b.gpl" }).click();
  await expect(palette.getByText("Ruby #ff0010")).toBeVisible();
  await vitrine.artifact.create.mutate({ key: `${key}-json`, data: [1], metadata: { viewer: "colour-palette" } });
  await page.goto(`${product.url}/artifacts/key/${key}-json`);
  await expect(page.getByText('"undefined" is not a colour')).toBeVisible();
  // Before the server stops, which the page would log.
  await page.goto("about:blank");
});
