import { Skeleton } from "../shell/ui.tsx";

/** In the shape of the first source, so that nothing jumps when it is there. */
export function ScoresWaiting() {
  return (
    <div className="flex flex-col gap-3 border-t border-line p-4" aria-busy="true">
      <span className="sr-only" role="status">
        Loading the scores
      </span>
      <Skeleton className="h-5 w-64" />
      <Skeleton className="h-28" />
      <Skeleton className="h-[46rem]" />
    </div>
  );
}
