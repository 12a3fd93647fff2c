import { expect, test } from "#test/browser/fixtures";
import { MainThread } from "#test/browser/main-thread";
import { ArtifactPage } from "./pages/artifact-page";

/** In milliseconds. The longest block of each document, measured on a quiet machine; parsed in the page they took 1 to 13 s. */
const MEASURED = 85;

const DOCUMENTS: Record<string, string> = {
  "5,000 quotes": ">".repeat(5000),
  "500 levels of lists": Array.from({ length: 500 }, (_, level) => `${"  ".repeat(level)}- a`).join("\n"),
  "open emphasis": "*a_ ".repeat(5000),
  "open strikethrough": "~a~~b".repeat(10_000),
  "backtick runs of 600 lengths": Array.from({ length: 600 }, (_, size) => "`".repeat(size + 1)).join(" a "),
  "open links": "[a](".repeat(20_000),
  "2,000 footnotes": Array.from({ length: 2000 }, (_, n) => `[^${n}] a\n\n[^${n}]: b`).join("\n\n"),
  "5,000 definitions": Array.from({ length: 5000 }, (_, n) => `[d${n}]: http://a.b/${n}`).join("\n"),
  "a table of 5,000 columns": `${"|a".repeat(5000)}|\n${"|-".repeat(5000)}|\n|b|`,
  "a table of 100,000 columns": `${"|a".repeat(100_000)}|\n${"|-".repeat(100_000)}|`,
  "ragged tables": "|a|b|\n|-|\n|`x|y`|z|w|\n\n|a|b|c|\n|-|-|-|\n|1|\n|1|2|3|4|\n|`a|b`|2|",
  "code of 1 MB": `\`\`\`js\n${"const a = [1, 2].map((x) => x * 2);\n".repeat(27_000)}\`\`\``,
};

/** Each tries to set the title to `owned`, in ways that sanitizers and browsers have been known to let through. */
const SCRIPTS = [
  "<script>RUN</script>",
  "<ScRiPt >RUN</sCrIpT >",
  "<scr<script>ipt>RUN</scr</script>ipt>",
  '<img src=x onerror="RUN">',
  '<img src="x`" `onerror=RUN>',
  "<img/src=x/onerror=RUN>",
  '<a href="javascript:RUN">a</a>',
  '<a href="&#106;avascript&colon;RUN">a</a>',
  '<a href="java&#10;script:RUN">a</a>',
  '<a href=" &#1; javascript:RUN">a</a>',
  '<a href="data:text/html,<script>RUN</script>">a</a>',
  "[a](javascript:RUN) ![b](javascript:RUN) [c](data:text/html,x) <javascript:RUN>",
  "[a]: javascript:RUN\n\n[a]",
  "<svg onload=RUN></svg>",
  "<svg><script>RUN</script></svg>",
  "<svg><a xlink:href=javascript:RUN><text y=20>a</text></a></svg>",
  "<svg><animate onbegin=RUN attributeName=x></svg>",
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=RUN&gt;">',
  "<math><maction actiontype=statusline xlink:href=javascript:RUN>a</maction></math>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN>",
  '<svg></p><style><a id="</style><img src=1 onerror=RUN>">',
  '<noscript><p title="</noscript><img src=x onerror=RUN>">',
  '<p title="</p><img src=x onerror=RUN>">a',
  "<iframe src=javascript:parent.RUN></iframe><iframe srcdoc='<script>parent.RUN</script>'></iframe>",
  "<object data=javascript:RUN></object><embed src=javascript:RUN>",
  "<details open ontoggle=RUN><summary>a</summary></details>",
  "<input autofocus onfocus=RUN><select autofocus onfocus=RUN><textarea autofocus onfocus=RUN>",
  "<video src=x onerror=RUN></video><audio src=x onerror=RUN></audio><video><source onerror=RUN></video>",
  "<body onload=RUN><marquee onstart=RUN>a</marquee>",
  "<p style='background:url(javascript:RUN)' onclick=RUN class='fixed inset-0'>a</p>",
  "<style>* { display: none }</style><link rel=stylesheet href=data:text/css,*{display:none}>",
  '<meta http-equiv=refresh content="0;url=/trash"><base href="https://example.org">',
  "<form action=/trash><button>a</button></form><button formaction=javascript:RUN>b</button>",
  "<template><script>RUN</script></template>",
  "<a name=body>a</a><img name=cookie><a id=__next_f>b</a><form name=getElementById></form>",
  "| a |\n|---|\n| <img src=x onerror=RUN> <script>RUN</script> |",
  "<table><td><b><script>RUN</script><p></table><img src=x onerror=RUN>",
  "<xmp><img src=x onerror=RUN></xmp><plaintext><img src=x onerror=RUN>",
].map((text) => text.replaceAll("RUN", "document.title='owned'"));

// A trace copies the page at every step, which blocks a large one.
test.use({ trace: "off" });

for (const [name, data] of Object.entries(DOCUMENTS)) {
  test(`${name} in markdown do not block the page`, async ({ page, key, vitrine }) => {
    // The worker gives up after 3 s and 30 s more for a million characters.
    test.setTimeout(120_000);
    const mainThread = await MainThread.observe(page);
    const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
    for (const _ of mainThread.visits()) {
      await new ArtifactPage(page).goto(id);
      await expect(page.getByText(/^(Rendering|Loading)/)).toHaveCount(0, { timeout: 30_000 });
      await mainThread.record(name, MEASURED);
    }
    mainThread.expectResponsive();
  });
}

/** In a page of its own each may leave something open; in a long one they are parsed by the worker. */
const HOSTILE_PAGES = [
  ...SCRIPTS.map((text) => `${text}\n\n# The end`),
  `${SCRIPTS.filter((text) => !text.includes("<plaintext>")).join("\n\n")}\n\n${"word ".repeat(8000)}\n\n# The end`,
];

for (let from = 0; from < HOSTILE_PAGES.length; from += 8) {
  test(`documents that try to run scripts run none, from the ${from + 1}th`, async ({ page, key, vitrine }) => {
    for (const data of HOSTILE_PAGES.slice(from, from + 8)) {
      const description = data.slice(0, 400);
      const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data, description });
      await new ArtifactPage(page).goto(id);
      await expect(page.getByText("The end").last(), data).toBeVisible();
      await page.evaluate(() => {
        for (const summary of document.querySelectorAll<HTMLElement>(".prose summary")) summary.click();
      });
      await expect(page, data).not.toHaveTitle("owned");
      expect(page.url()).toContain(`/artifacts/key/${key}?version=`);
      const found = await page.evaluate(() => ({
        shadowed: [typeof document.body, typeof document.cookie, typeof document.getElementById].join(),
        elements: document.querySelectorAll(
          ".prose :is(script, iframe, object, embed, form, style, base, meta, link, math, video, audio, select, textarea, svg:not(.lucide))",
        ).length,
        attributes: document.querySelectorAll(
          '.prose :is([onerror], [onload], [onclick], [ontoggle], [onfocus], [href^="javascript:" i], [src^="javascript:" i], [href^="data:" i])',
        ).length,
      }));
      expect(found, data).toEqual({ shadowed: "object,string,function", elements: 0, attributes: 0 });
    }
  });
}
