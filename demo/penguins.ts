import { grouped, mean, numbersOf, type Row, round, rowsOf } from "./dataset";
import type { Plan, Publication, Run } from "./plan";

const FOLDS = 10;
const FEATURES = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"];

/** A small model, truly trained: penguins told apart by the nearest mean of their species, one run per fold. */
export function penguins(): Plan {
  const birds = rowsOf("penguins.json").filter((row) => numbersIn(row).length === FEATURES.length);
  return {
    flow: { name: "penguin-classifier", tags: ["machine-learning"], labels: { team: "research", tier: "bronze" } },
    deployments: [
      {
        name: "cross-validate",
        description: "Trains and tests on ten folds.",
        workQueueName: "gpu",
        version: "0.2.0",
        concurrencyLimit: 1,
        tags: ["experiment"],
      },
    ],
    runs: Array.from({ length: FOLDS }, (_, fold) => runOf(fold, birds)),
  };
}

function numbersIn(row: Row): number[] {
  return FEATURES.map((name) => row[name]).filter((value) => typeof value === "number");
}

function runOf(fold: number, birds: Row[]): Run {
  const train = birds.filter((_, i) => i % FOLDS !== fold);
  const test = birds.filter((_, i) => i % FOLDS === fold);
  const scale = FEATURES.map((name) =>
    Math.sqrt(mean(numbersOf(train, name).map((x) => (x - mean(numbersOf(train, name))) ** 2))),
  );
  const centres = grouped(train, (row) => String(row.Species)).map(([species, rows]) => ({
    species,
    centre: FEATURES.map((name) => mean(numbersOf(rows, name))),
  }));
  const guesses = test.map((bird) => ({
    truth: String(bird.Species),
    guess: nearest(numbersIn(bird), centres, scale),
  }));
  const right = guesses.filter(({ truth, guess }) => truth === guess).length;
  return {
    id: `fold-${fold}`,
    name: `fold-${fold + 1}-of-${FOLDS}`,
    deployment: "cross-validate",
    start: `2026-11-16T1${fold}:15:00Z`,
    minutes: 8,
    tags: ["penguins", `fold-${fold + 1}`],
    parameters: { fold, folds: FOLDS, features: FEATURES },
    steps: [
      { key: "train" },
      {
        key: "evaluate",
        publishes: [
          accuracy(fold, right, test.length),
          confusion(
            fold,
            guesses,
            centres.map(({ species }) => species),
          ),
        ],
      },
    ],
  };
}

function nearest(bird: number[], centres: { species: string; centre: number[] }[], scale: number[]): string {
  const far = (centre: number[]) =>
    bird.reduce((total, x, i) => total + ((x - (centre[i] ?? 0)) / (scale[i] ?? 1)) ** 2, 0);
  return [...centres].sort((a, b) => far(a.centre) - far(b.centre))[0]?.species ?? "";
}

function accuracy(fold: number, right: number, all: number): Publication {
  return {
    key: "penguin-accuracy",
    type: "number",
    description: "Share of penguins told apart rightly, per fold.",
    metadata: { fold: fold + 1, right, all },
    data: round(right / all, 4),
  };
}

function confusion(fold: number, guesses: { truth: string; guess: string }[], species: string[]): Publication {
  return {
    key: "penguin-confusion",
    type: "table",
    description: "Which species was taken for which: truth down, guess across.",
    metadata: { fold: fold + 1, features: FEATURES },
    data: species.map((truth) => ({
      truth,
      ...Object.fromEntries(
        species.map((guess) => [guess, guesses.filter((each) => each.truth === truth && each.guess === guess).length]),
      ),
    })),
  };
}
