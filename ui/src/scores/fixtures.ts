import type {
  Comparison,
  DocumentScore,
  Evaluation,
  RankingRow,
  RunSpec,
  SourceDocument,
  SourceView,
} from "../api/types.ts";
import { run } from "../models/fixtures.ts";

/** Valid values for tests; a test overrides only what it is about. */

const REF = { sha256: "a".repeat(64), size: 10, mediaType: "text/markdown" };

export function document(overrides: Partial<SourceDocument> = {}): SourceDocument {
  return {
    docId: "d1",
    phase: "GENERATION",
    model: "openai:gpt-5.1",
    iteration: 1,
    output: REF,
    preview: null,
    flags: [],
    madeFrom: [],
    sheets: [],
    suspicions: [],
    original: null,
    earlierScore: null,
    scoreChange: null,
    ...overrides,
  };
}

export function view(overrides: Partial<SourceView> = {}): SourceView {
  return {
    runId: "run-1",
    document: "order.md",
    documents: [document()],
    scores: [],
    judges: [],
    agreement: null,
    pairwise: null,
    postCombine: null,
    winner: null,
    ...overrides,
  };
}

export function score(overrides: Partial<DocumentScore> = {}): DocumentScore {
  return {
    document: "d1",
    mean: null,
    share: null,
    spread: null,
    sheets: 0,
    expectedSheets: 2,
    scores: 0,
    expectedScores: 2,
    criteria: [{ criterion: "Clarity", mean: null, spread: null, scores: 0 }],
    ...overrides,
  };
}

export function row(overrides: Partial<RankingRow> = {}): RankingRow {
  return {
    rank: 1,
    document: "d1",
    wins: 0,
    losses: 0,
    ties: 0,
    winRate: null,
    elo: 1000,
    bradleyTerry: null,
    low: null,
    high: null,
    ...overrides,
  };
}

export function comparison(rows: RankingRow[], overrides: Partial<Comparison> = {}): Comparison {
  return {
    questions: { open: 0, answered: 0, unanswered: 0, settled: 0, savedUsd: 0 },
    ranking: { rows, netWins: rows.map(() => rows.map(() => 0)), votesToFlip: null },
    votes: [],
    positionBias: [],
    ...overrides,
  };
}

export function evaluation(overrides: Partial<Evaluation> = {}): Evaluation {
  return {
    rubric: {
      name: "Mine",
      version: 1,
      criteria: [{ name: "Clarity", description: "It is clear.", weight: 3, min: 1, max: 5 }],
    },
    judges: ["openai:a", "google:b"].map((model) => ({
      model,
      maxOutputTokens: 4_000,
      reasoning: "OFF" as const,
    })),
    iterations: 1,
    judging: REF,
    pairwise: { topN: 4, order: "BOTH", ties: true, earlyStop: false },
    seed: 1,
    ...overrides,
  };
}

export function spec(overrides: Partial<RunSpec> = {}): RunSpec {
  const author = { maxOutputTokens: 8_000, grounding: "OFF", reasoning: "OFF" } as const;
  return {
    name: "Judged",
    documents: [{ name: "order.md", artifact: REF }],
    instructions: REF,
    generation: { models: [{ ...author, model: "openai:gpt-5.1", iterations: 2 }] },
    limits: run().limits,
    evaluation: evaluation(),
    combine: null,
    reuse: null,
    ...overrides,
  };
}
