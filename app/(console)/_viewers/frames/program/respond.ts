/** Tells the page that the frame is ready, and answers each of its messages: with what `respond` returns, or `{ error }`. */
export function respondTo<Request>(respond: (request: Request, root: HTMLElement) => Promise<object>): void {
  const root = document.getElementById("root") ?? document.body;
  addEventListener("message", ({ source, data }: MessageEvent<Request>) => {
    if (source !== parent) return;
    respond(data, root).then(notifyPage, (error: unknown) => {
      notifyPage({ error: error instanceof Error ? error.message : String(error) });
    });
  });
  notifyPage({ ready: true });
}

/** Sends a message to the page. */
export function notifyPage(message: object): void {
  // The page may have any origin, and nobody else can frame this document.
  parent.postMessage(message, "*");
}
