import { lazy, Suspense } from "react";
import type { CallView, RunView } from "../api/types.ts";
import { Card, Skeleton } from "../shell/ui.tsx";

const Timeline = lazy(() => import("./Timeline.tsx"));

interface TimelineSectionProps {
  run: RunView;
  calls: ReadonlyMap<string, CallView>;
  onOpen: (callId: string) => void;
}

/** The timeline comes as a piece of its own, after what one looks for first. */
export function TimelineSection(props: TimelineSectionProps) {
  return (
    <Card id="timeline" title="Timeline">
      <Suspense fallback={<Skeleton className="m-4 h-[31rem]" />}>
        <Timeline {...props} />
      </Suspense>
    </Card>
  );
}
