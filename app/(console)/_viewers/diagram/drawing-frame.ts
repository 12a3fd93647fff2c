/** An image that a frame drew; its size is in pixels. */
export interface Drawing {
  image: string;
  width: number;
  height: number;
}

/** In milliseconds: how long one image may take, the program's loading included, and how long an idle frame stays. */
const TIMEOUT = 20_000;
const IDLE = 60_000;
/** In pixels: the size of the view that diagrams are laid out for. */
const VIEW = { width: 1000, height: 800 };

interface Job {
  request: object;
  resolve: (drawing: Drawing) => void;
  reject: (error: Error) => void;
}

/**
 * Draws images in a frame that is not seen, one after the other. The frame has an origin of its own and no connections, see
 * `server/http/frames/frames.ts`, and ends where one image takes too long. What it returns may only be used as an image.
 */
export class DrawingFrame {
  readonly #program: string;
  readonly #jobs: Job[] = [];
  #frame: HTMLIFrameElement | null = null;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  /** @throws Error with a sentence for the reader */
  draw(request: object, signal: AbortSignal): Promise<Drawing> {
    return new Promise((resolve, reject) => {
      const job = { request, resolve, reject };
      signal.addEventListener("abort", () => this.#drop(job), { once: true });
      if (this.#jobs.push(job) === 1) this.#start();
    });
  }

  #drop(job: Job): void {
    const at = this.#jobs.indexOf(job);
    if (at === -1) return;
    this.#jobs.splice(at, 1);
    job.reject(new Error("It is not drawn any more."));
    if (at > 0) return;
    this.#end();
    this.#next();
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail("It took too long to draw."), TIMEOUT);
    if (this.#frame) this.#send();
    else this.#open();
  }

  #open(): void {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.src = `/frames/${this.#program}`;
    frame.title = "Drawing";
    frame.tabIndex = -1;
    frame.ariaHidden = "true";
    frame.inert = true;
    Object.assign(frame.style, { position: "fixed", left: "-20000px", top: "0", visibility: "hidden", border: "0" });
    Object.assign(frame.style, { width: `${VIEW.width}px`, height: `${VIEW.height}px` });
    addEventListener("message", this.#onMessage);
    document.body.append(frame);
    this.#frame = frame;
  }

  #send(): void {
    if (this.#isReady && this.#jobs[0]) this.#frame?.contentWindow?.postMessage(this.#jobs[0].request, "*");
  }

  readonly #onMessage = ({ source, data }: MessageEvent<unknown>): void => {
    if (source === null || source !== this.#frame?.contentWindow) return;
    if (typeof data !== "object" || data === null) return;
    if ("ready" in data) {
      this.#isReady = true;
      this.#send();
      return;
    }
    const job = this.#jobs.shift();
    const drawing = drawingIn(data);
    if (drawing) job?.resolve(drawing);
    else job?.reject(new Error("error" in data ? String(data.error).slice(0, 1000) : "It could not be drawn."));
    this.#next();
  };

  #next(): void {
    clearTimeout(this.#timer);
    if (this.#jobs.length > 0) this.#start();
    else this.#timer = setTimeout(() => this.#end(), IDLE);
  }

  #fail(reason: string): void {
    this.#end();
    this.#jobs.shift()?.reject(new Error(reason));
    if (this.#jobs.length > 0) this.#start();
  }

  #end(): void {
    removeEventListener("message", this.#onMessage);
    this.#frame?.remove();
    this.#frame = null;
    this.#isReady = false;
  }
}

/** The frame ran code on data of others: its answer is checked as such. */
function drawingIn(data: object): Drawing | null {
  if (!("image" in data && "width" in data && "height" in data)) return null;
  const { image, width, height } = data;
  if (typeof image !== "string" || typeof width !== "number" || typeof height !== "number") return null;
  return width > 0 && height > 0 ? { image, width, height } : null;
}
