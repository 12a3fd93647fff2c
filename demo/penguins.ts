import { groupBy, mean, numbersOf, type Row, round, rowsOf } from "./dataset";
import type { Plan, Publication, Run } from "./plan";

const FOLDS = 10;
const FEATURES = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"];

/** A nearest-centroid classifier of penguin species, trained for real: a run for each fold of a cross-validation. */
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
    edits: {
      abouts: [
        {
          key: "penguin-accuracy",
          title: "Accuracy of the penguin classifier",
          description: "Nearest centroid on four measures, trained and tested on ten folds.",
          owner: "Research",
          links: [{ url: "https://allisonhorst.github.io/palmerpenguins/", text: "Dataset" }],
          tags: ["machine-learning"],
        },
        { key: "penguin-confusion", title: "Confusion by species", owner: "Research", tags: ["machine-learning"] },
      ],
      labels: [
        { key: "penguin-accuracy", label: "production", version: 1, reason: "Baseline" },
        { key: "penguin-accuracy", label: "candidate", version: 10, reason: "All folds are done" },
      ],
      pins: ["penguin-accuracy"],
    },
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
  const centres = groupBy(train, (row) => String(row.Species)).map(([species, rows]) => ({
    species,
    centre: FEATURES.map((name) => mean(numbersOf(rows, name))),
  }));
  const predictions = test.map((bird) => ({
    truth: String(bird.Species),
    predicted: nearest(numbersIn(bird), centres, scale),
  }));
  const correct = predictions.filter(({ truth, predicted }) => truth === predicted).length;
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
          accuracy(fold, correct, test.length),
          confusion(
            fold,
            predictions,
            centres.map(({ species }) => species),
          ),
        ],
      },
    ],
  };
}

function nearest(bird: number[], centres: { species: string; centre: number[] }[], scale: number[]): string {
  const distance = (centre: number[]) =>
    bird.reduce((total, x, i) => total + ((x - (centre[i] ?? 0)) / (scale[i] ?? 1)) ** 2, 0);
  return [...centres].sort((a, b) => distance(a.centre) - distance(b.centre))[0]?.species ?? "";
}

function accuracy(fold: number, correct: number, all: number): Publication {
  return {
    key: "penguin-accuracy",
    type: "number",
    description: "Share of penguins classified correctly, by fold.",
    metadata: { fold: fold + 1, correct, all },
    tags: fold === 0 ? ["baseline"] : [],
    data: round(correct / all, 4),
  };
}

function confusion(fold: number, predictions: { truth: string; predicted: string }[], species: string[]): Publication {
  return {
    key: "penguin-confusion",
    type: "table",
    description: "Confusion matrix: true species by row, predicted species by column.",
    metadata: { fold: fold + 1, features: FEATURES },
    data: species.map((truth) => ({
      truth,
      ...Object.fromEntries(
        species.map((predicted) => [
          predicted,
          predictions.filter((each) => each.truth === truth && each.predicted === predicted).length,
        ]),
      ),
    })),
  };
}
