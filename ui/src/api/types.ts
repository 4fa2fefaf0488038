/**
 * The gateway's JSON under the names that this code uses. The shapes come from the gateway's own
 * description (`npm run generate`), so client and server cannot drift apart unnoticed.
 */
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type RunStatus = Schemas["RunViewRunStatus"];
export type Outcome = Schemas["Outcome"];
export type Phase = Schemas["Phase"];
export type CallState = Schemas["CallState"];
export type FailureKind = Schemas["FailureKind"];

/** A position in the event log; `generation` rises when the projection was rebuilt. */
export type Version = Schemas["AsOf"];
export type Stats = Schemas["RunStats"];

/** The counters of a run that are one number each. */
export type StatName = {
  [Name in keyof Stats]: Stats[Name] extends number ? Name : never;
}[keyof Stats];

export type RunView = Schemas["RunView"];
export type CallView = Schemas["CallView"];
export type CallError = Schemas["CallViewLastError"];

/** `attempt` is the one that follows this retry. */
export type Retry = Schemas["CallViewRetry"];
export type ArtifactRef = Schemas["ArtifactRef"];
export type RawEvents = Schemas["RawEvents"];
export type RawEvent = Schemas["RawEventsRawEvent"];
export type LogLevel = Schemas["ConsoleLineLevel"];
export type LogLine = Schemas["LogLine"];
export type LogPage = Schemas["LogPage"];

export type RunSpec = Schemas["RunSpec"];
export type Limits = Schemas["Limits"];
export type Demand = Schemas["RunSpecDemand"];
export type Order = Schemas["RunSpecOrder"];
export type Submission = Schemas["RunSubmission"];
export type SubmittedModel = Schemas["RunSubmissionAuthor"];
export type SubmittedLimits = Schemas["RunSubmissionLimits"];
export type SubmittedEvaluation = Schemas["RunSubmissionEvaluation"];
export type SubmittedCombine = Schemas["RunSubmissionCombine"];
export type SubmittedRun = Schemas["RunAccepted"];
export type RetryRequest = Schemas["RetryRequest"];
export type ReEvaluationRequest = Schemas["ReEvaluationRequest"];
export type Verification = Schemas["Verification"];
export type Estimate = Schemas["RunEstimate"];

export type Rubric = Schemas["Rubric"];
export type Evaluation = Schemas["RunSpecEvaluation"];
export type Combine = Schemas["RunSpecCombine"];
export type Author = Schemas["RunSpecAuthor"];

export type Sources = Schemas["Sources"];
export type SourceView = Schemas["SourceView"];
export type SourceDocument = Schemas["SourceViewDocument"];
export type Suspicion = Schemas["Suspicion"];
export type Ballot = Schemas["SourceViewBallot"];
export type Comparison = Schemas["SourceViewComparison"];
export type Questions = Schemas["SourceViewQuestions"];
export type Ranking = Schemas["Ranking"];
export type RankingRow = Schemas["RankingRow"];
export type DocumentScore = Schemas["DocumentScore"];
export type JudgeDeviation = Schemas["JudgeDeviation"];
export type PositionBias = Schemas["PositionBias"];
export type Agreement = Schemas["Agreement"];
export type WinnerBy = Schemas["WinnerBy"];

export type LaneLimits = Schemas["LaneLimits"];
export type LaneView = Schemas["LaneView"];
export type Lanes = Schemas["Lanes"];
export type LaneHistories = Schemas["LaneHistories"];
export type WorkerView = Schemas["WorkersWorker"];
export type Workers = Schemas["Workers"];

export type RunPage = Schemas["RunPage"];
export type RunPace = Schemas["RunPace"];
export type RunPaces = Schemas["RunPaces"];
export type CallPage = Schemas["CallPage"];
export type Catalogue = Schemas["ModelPrices"];
export type CatalogueModel = Schemas["ModelPricesModelPrice"];
export type GatewayVersion = Schemas["Version"];
export type Quarantine = Schemas["Quarantine"];
export type Preset = Schemas["Preset"];
export type Presets = Schemas["PresetList"];
export type Providers = Schemas["Providers"];
export type Health = Schemas["SystemHealth"];
export type ServiceHealth = Schemas["SystemHealthService"];

/** An answer that is not from the gateway has no words of its own, hence no detail. */
export type Problem = Omit<Schemas["Problem"], "detail"> & { detail?: string };

/** The frames of the stream; `event` is the name under which each one came. */
export type SnapshotFrame = { event: "snapshot" } & Schemas["Snapshot"];
export type DeltaFrame = { event: "delta" } & Schemas["Delta"];
export type ResetFrame = { event: "reset" } & Schemas["Reset"];
export type ByeFrame = { event: "bye" } & Schemas["Bye"];
export type GoneFrame = { event: "gone" } & Schemas["Gone"];
export type Pulse = Schemas["Pulse"];
export type PulseTrouble = Schemas["PulseTrouble"];
export type Frame = SnapshotFrame | DeltaFrame | ResetFrame | ByeFrame | GoneFrame;
