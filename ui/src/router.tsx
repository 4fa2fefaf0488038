import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
} from "@tanstack/react-router";
import { useCallback } from "react";
import { parseCompareSearch } from "./compare/search.ts";
import { parseRunsSearch } from "./models/runlist.ts";
import { RunPage } from "./run/RunPage.tsx";
import { changedSearch, parseRunSearch, type SearchChange } from "./run/search.ts";
import { RunEnding } from "./runs/RunEnding.tsx";
import { RunsPage } from "./runs/RunsPage.tsx";
import { Shell } from "./shell/Shell.tsx";
import { Notice } from "./shell/ui.tsx";

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Notice title="This page does not exist">
      <p>The address leads nowhere.</p>
      <Link to="/" className="text-ink underline underline-offset-2">
        All runs
      </Link>
    </Notice>
  ),
});

const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: parseRunsSearch,
  component: function RunsRoute() {
    const search = runsRoute.useSearch();
    const navigate = runsRoute.useNavigate();
    return (
      <RunsPage
        search={search}
        onSearch={(next) =>
          void navigate({ search: parseRunsSearch({ ...next }), replace: true, resetScroll: false })
        }
      />
    );
  },
});

const newRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/new",
  component: lazyRouteComponent(() => import("./newrun/NewRunPage.tsx"), "NewRunPage"),
});

const lanesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/lanes",
  component: lazyRouteComponent(() => import("./lanes/LanesPage.tsx"), "LanesPage"),
});

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/runs/$runId",
  validateSearch: parseRunSearch,
  component: function RunRoute() {
    const { runId } = runRoute.useParams();
    const search = runRoute.useSearch();
    const navigate = runRoute.useNavigate();
    // One function for the life of the page: its parts are drawn anew only when their data is.
    const go = useCallback(
      (change: SearchChange) =>
        void navigate({
          search: (before) => changedSearch(before, change),
          replace: true,
          resetScroll: false,
        }),
      [navigate],
    );
    return (
      <RunEnding key={`ending-${runId}`} runId={runId}>
        <RunPage
          // Another run is another page: nothing of the one before may stay on the screen.
          key={runId}
          runId={runId}
          search={search}
          go={go}
        />
      </RunEnding>
    );
  },
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/SettingsPage.tsx"), "SettingsPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/compare",
  validateSearch: parseCompareSearch,
  component: lazyRouteComponent(() => import("./compare/ComparePage.tsx"), "ComparePage"),
});

export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren([
      runsRoute,
      newRunRoute,
      lanesRoute,
      settingsRoute,
      compareRoute,
      runRoute,
    ]),
    scrollRestoration: true,
  });
}
