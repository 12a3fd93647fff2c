import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";

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

/** In a page of its own each may leave something open; in a long one they are parsed by the worker. */
const OF_ITS_OWN = SCRIPTS.map((text) => `${text}\n\n# The end`);
const LONG = `${SCRIPTS.filter((text) => !text.includes("<plaintext>")).join("\n\n")}\n\n${"word ".repeat(8000)}\n\n# The end`;

const EVERY = 5;
const SETS = Array.from({ length: EVERY }, (_, at) => OF_ITS_OWN.filter((_text, index) => index % EVERY === at));

for (const [at, documents] of SETS.entries()) {
  const tag = at === 0 ? [] : "@long";
  test(`documents that try to run scripts run none, set ${at + 1} of ${EVERY}`, { tag }, async ({
    page,
    key,
    vitrine,
  }) => {
    for (const data of at === 0 ? [LONG, ...documents] : documents) {
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
