import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
} from "@tanstack/react-router";
import { parseRunsSearch } from "./models/runlist.ts";
import { RunPage } from "./run/RunPage.tsx";
import { parseRunSearch } from "./run/search.ts";
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
    return (
      <RunPage
        // Another run is another page: nothing of the one before may stay on the screen.
        key={runId}
        runId={runId}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      />
    );
  },
});

export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren([runsRoute, newRunRoute, lanesRoute, runRoute]),
    scrollRestoration: true,
  });
}
