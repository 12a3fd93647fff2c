/** Where the script is that a document gets, below the path that needs no token. */
export const REPORTER_FILE = "report.js";

/**
 * Takes away what browsers without `Connection-Allowlist` do not block: a connection to a host of the document's choice. A
 * document in an attribute has these interfaces again, so that it begins with this function too, also in shadow trees; of
 * those, one that is declared as closed in HTML cannot be seen.
 */
const GUARD = `function guard() {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) delete window[name];
  const start = "<script>(" + guard + ")()</" + "script>";
  const { attachShadow } = Element.prototype;
  const watched = new WeakSet();
  const visit = (element) => {
    if (element.shadowRoot) watch(element.shadowRoot);
    const text = element.localName === "iframe" ? element.getAttribute("srcdoc") : null;
    if (text !== null && !text.startsWith(start)) element.setAttribute("srcdoc", start + text);
  };
  const visitAll = (node, seen) => {
    if (!node.querySelectorAll || seen.has(node)) return;
    for (const element of [node, ...node.querySelectorAll("*")]) {
      seen.add(element);
      if (element.localName) visit(element);
    }
  };
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    visitAll(root, new Set());
    new MutationObserver((records) => {
      const seen = new Set();
      for (const { type, target, addedNodes } of records) {
        if (type === "attributes") visit(target);
        else for (const node of addedNodes) visitAll(node, seen);
      }
    }).observe(root, { childList: true, subtree: true, attributeFilter: ["srcdoc"] });
  };
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    watch(root);
    return root;
  };
  watch(document);
}`;

/**
 * Begins with the guard, then tells the page what a document tried: what its policy blocked, forms and windows, and links
 * to elsewhere, which would replace the document by an error. Telling protects nothing: a document that stops it gains nothing.
 * A document in a frame of another one tells that one, which passes it on, and opens links in its frames that have their names.
 */
export const REPORTER = `(() => {
  (${GUARD})();
  const page = parent;
  let count = 0;
  const tell = (message) => {
    if (count++ < 50) page.postMessage(message, "*");
  };
  const block = (address, by) => tell({ blocked: String(address).slice(0, 500), by });
  const isNested = parent !== top;
  const frames = () => [...document.querySelectorAll("iframe, frame")];
  addEventListener("message", ({ source, data }) => {
    if (typeof data !== "object" || data === null || !frames().some((each) => each.contentWindow === source)) return;
    if (typeof data.blocked === "string") block(data.blocked, data.by);
    else if (typeof data.link === "string") tell({ link: data.link.slice(0, 2000) });
    else if (typeof data.target === "string" && typeof data.open === "string") openIn(data.target, data.open);
  });
  const openIn = (target, href) => {
    if (isText || !href.startsWith(base.href)) return;
    const frame = frames().find((each) => each.name === target);
    if (frame) frame.src = href;
    else if (isNested && target !== "_parent") parent.postMessage({ target, open: href }, "*");
    else location.href = href;
  };
  addEventListener("securitypolicyviolation", (event) => block(event.blockedURI, event.effectiveDirective));
  addEventListener("submit", (event) => {
    event.preventDefault();
    block(event.target.action, "form-action");
  }, true);
  open = (address) => {
    block(address, "popup");
    return null;
  };
  const base = new URL(location.href.replace(/^([^?#]*\\/sandbox\\/[^/?#]*\\/).*$/, "$1"));
  const isText = base.pathname.endsWith("/-/");
  addEventListener("click", (event) => {
    const link = event.composedPath().find((each) => each instanceof Element && each.matches("a[href], area[href]"));
    if (!link) return;
    const url = new URL(link.getAttribute("href") || "", location.href);
    const isHere = url.href.split("#")[0] === location.href.split("#")[0];
    if (url.protocol === "javascript:") return;
    const isOwn = !isText && url.href.startsWith(base.href);
    const target = link.getAttribute("target") || document.querySelector("base[target]")?.target || "_self";
    if (isOwn && frames().some((each) => each.name === target)) return;
    if (isOwn && isNested && !/^_(?:self|blank)$/i.test(target)) {
      event.preventDefault();
      parent.postMessage({ target, open: url.href }, "*");
    } else if (isHere || isOwn) link.setAttribute("target", "_self");
    else {
      event.preventDefault();
      tell({ link: url.href.slice(0, 2000) });
    }
  }, true);
})();
`;

/** A document that becomes the HTML text of its first message. */
export const TEXT_DOCUMENT = `<!doctype html><meta charset="utf-8"><title>Report</title><script>
addEventListener("message", ({ source, data }) => {
  if (source !== parent || typeof data?.html !== "string") return;
  document.open();
  ${REPORTER}
  document.write(data.html);
  document.close();
});
parent.postMessage({ ready: true }, "*");
</script>`;

/** In bytes: in so many of them an HTML document says its type and its encoding. */
export const HEAD_BYTES = 4096;

/** What precedes the first element: a byte order mark, spaces, comments, and the type of the document. */
const PROLOGUE = /^(?:\xef\xbb\xbf)?(?:\s+|<!--[\s\S]*?-->|<\?[^>]*>)*(?:<!doctype[^>]*>)?/i;

const UTF8_MARK = "\xef\xbb\xbf";

/** The encodings whose letters are not those of ASCII, by all their names. */
const UTF16 = /utf-16|ucs|unicode/i;

export interface HtmlHead {
  /** Where a script can be inserted; null in UTF-16, where it would be other characters. */
  at: number | null;
  /** Whether the type of the document follows later than was read, so that one must precede the script. */
  isTypeLater: boolean;
  /** Whether it says its encoding; otherwise it is in UTF-8, since that is what programs write. */
  hasEncoding: boolean;
}

/** Reads the first bytes of an HTML document. */
export function readHtmlHead(bytes: Uint8Array, mediaType: string): HtmlHead {
  const text = Buffer.from(bytes).toString("latin1");
  if (/^(?:\xff\xfe|\xfe\xff)/.test(text)) return { at: null, isTypeLater: false, hasEncoding: true };
  const hasEncoding = /charset/i.test(mediaType) || /<meta[^>]*charset|<\?xml[^>]*encoding/i.test(text);
  if (UTF16.test(mediaType)) return { at: null, isTypeLater: false, hasEncoding };
  const { length } = PROLOGUE.exec(text)?.[0] ?? "";
  // A comment that goes on may hide the type of the document.
  const isTypeLater = length === text.length || /^<(?:!|\?)/.test(text.slice(length, length + 2));
  const start = text.startsWith(UTF8_MARK) ? UTF8_MARK.length : 0;
  return { at: isTypeLater ? start : length, isTypeLater, hasEncoding };
}
