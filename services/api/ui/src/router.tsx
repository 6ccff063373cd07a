/** Every page with its address. Each is a chunk of its own; what their addresses may hold is in the `search.ts` beside them. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { readActivitySearch } from "./activity/search.ts";
import { readCatalogueSearch } from "./catalogue/search.ts";
import { readLibrarySearch } from "./library/search.ts";
import { NowPage } from "./now/now-page.tsx";
import { Broken } from "./shell/broken.tsx";
import { NotFound } from "./shell/not-found.tsx";
import { Shell } from "./shell/shell.tsx";
import { readStatisticsSearch } from "./statistics/search.ts";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const at = () => root;

const now = createRoute({ getParentRoute: at, path: "/", component: NowPage });
const library = createRoute({
  getParentRoute: at,
  path: "/library",
  validateSearch: readLibrarySearch,
  component: lazyRouteComponent(() => import("./library/library-page.tsx"), "LibraryPage"),
});
const game = createRoute({
  getParentRoute: at,
  path: "/games/$gameId",
  component: lazyRouteComponent(() => import("./game/game-page.tsx"), "GamePage"),
});
const activity = createRoute({
  getParentRoute: at,
  path: "/activity",
  validateSearch: readActivitySearch,
  component: lazyRouteComponent(() => import("./activity/activity-page.tsx"), "ActivityPage"),
});
const statistics = createRoute({
  getParentRoute: at,
  path: "/statistics",
  validateSearch: readStatisticsSearch,
  component: lazyRouteComponent(() => import("./statistics/statistics-page.tsx"), "StatisticsPage"),
});
const year = createRoute({
  getParentRoute: at,
  path: "/years/$year",
  component: lazyRouteComponent(() => import("./year/year-page.tsx"), "YearPage"),
});
const catalogue = createRoute({
  getParentRoute: at,
  path: "/catalogue",
  validateSearch: readCatalogueSearch,
  component: lazyRouteComponent(() => import("./catalogue/catalogue-page.tsx"), "CataloguePage"),
});
const app = createRoute({
  getParentRoute: at,
  path: "/catalogue/$appId",
  component: lazyRouteComponent(() => import("./catalogue/app-page.tsx"), "AppPage"),
});
const operations = createRoute({
  getParentRoute: at,
  path: "/operations",
  component: lazyRouteComponent(() => import("./operations/operations-page.tsx"), "OperationsPage"),
});
const setup = createRoute({
  getParentRoute: at,
  path: "/setup",
  component: lazyRouteComponent(() => import("./setup/setup-page.tsx"), "SetupPage"),
});
const embed = createRoute({
  getParentRoute: at,
  path: "/embed",
  component: lazyRouteComponent(() => import("./embed/embed-page.tsx"), "EmbedPage"),
});

const routeTree = root.addChildren([
  now,
  library,
  game,
  activity,
  statistics,
  year,
  catalogue,
  app,
  operations,
  setup,
  embed,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
