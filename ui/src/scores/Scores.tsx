import { lazy, Suspense } from "react";
import type { RunView } from "../api/types.ts";
import { Card } from "../shell/ui.tsx";
import type { ScoresSectionProps } from "./ScoresSection.tsx";
import { ScoresWaiting } from "./ScoresWaiting.tsx";

const ScoresSection = lazy(() => import("./ScoresSection.tsx"));

type ScoresProps = Omit<ScoresSectionProps, "spec" | "evaluation"> & { run: RunView };

/** The section of scores, fetched only for runs that have judges. */
export function Scores(props: ScoresProps) {
  const { spec } = props.run;
  const evaluation = spec?.evaluation ?? null;
  if (spec === null || evaluation === null) return null;
  return (
    <Suspense
      fallback={
        <Card id="scores" title="Scores">
          <ScoresWaiting />
        </Card>
      }
    >
      <ScoresSection {...props} spec={spec} evaluation={evaluation} />
    </Suspense>
  );
}
