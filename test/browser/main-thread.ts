import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

declare global {
  interface Window {
    longestBlock: number;
  }
}

/** How far a block may exceed the figure measured on a quiet machine. */
const TOLERANCE = 5;
/** In milliseconds. Blocks shorter than a long task, as the Long Tasks API defines it, are mostly noise. */
const LONG_TASK = 50;

const MAX_VISITS = 5;

interface Step {
  measured: number;
  blocks: number[];
}

/** Measures how long the main thread of a page is blocked at a time, over several visits. */
export class MainThread {
  private readonly steps = new Map<string, Step>();

  private constructor(private readonly page: Page) {}

  /** Observes every page that is opened from now on. */
  static async observe(page: Page): Promise<MainThread> {
    await page.addInitScript(() => {
      window.longestBlock = 0;
      const note = (milliseconds: number) => {
        window.longestBlock = Math.max(window.longestBlock, milliseconds);
      };
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) note(duration);
      }).observe({ type: "longtask", buffered: true });
      // A timer is late for blocks that are no task of their own.
      let last = performance.now();
      setInterval(() => {
        const now = performance.now();
        note(now - last - 4);
        last = now;
      }, 4);
    });
    return new MainThread(page);
  }

  /**
   * Notes the longest block since the page was opened or the previous step. `measured` is the figure in milliseconds on
   * a quiet machine.
   */
  async record(step: string, measured: number): Promise<void> {
    const block = await this.page.evaluate(() => {
      const longest = window.longestBlock;
      window.longestBlock = 0;
      return Math.round(longest);
    });
    const { blocks } = this.steps.get(step) ?? { blocks: [] };
    this.steps.set(step, { measured, blocks: [...blocks, block] });
  }

  /** Numbers visits from 0: up to five, as other programs only lengthen blocks, and none after one that is responsive. */
  *visits(): Generator<number> {
    for (let visit = 0; visit < MAX_VISITS; visit++) {
      yield visit;
      if ([...this.steps.values()].every((step) => shortest(step) <= limitOf(step))) return;
    }
  }

  /** Expects each step within five times the measured figure, in the best of its visits. */
  expectResponsive(): void {
    for (const [step, of] of this.steps) {
      const { measured, blocks } = of;
      const block = shortest(of);
      const description = `${step}: ${block} ms (of ${blocks.join(", ")} ms; ${measured} ms on a quiet machine)`;
      test.info().annotations.push({ type: "longest block", description });
      console.log(`  longest block, ${description}`);
      expect.soft(block, step).toBeLessThanOrEqual(limitOf(of));
    }
  }
}

function shortest({ blocks }: Step): number {
  return Math.min(...blocks);
}

function limitOf({ measured }: Step): number {
  return TOLERANCE * Math.max(measured, LONG_TASK);
}
