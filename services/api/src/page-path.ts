/** The addresses of the web UI's pages, all of which are the same document; services/api/ui/src/router.tsx says what each shows. */
export const PAGE_PATHS = [
  "/",
  "/library",
  "/games/:id",
  "/activity",
  "/statistics",
  "/years/:year",
  "/catalogue",
  "/catalogue/:app_id",
  "/operations",
  "/setup",
  "/embed",
] as const;

/** At the root, since a service worker has power over what lies beside and below it. */
export const WORKER_PATH = "/service-worker.js";

export const ICON_PATHS = [
  "/icon.svg",
  "/icon-192.png",
  "/icon-512.png",
  "/manifest.webmanifest",
] as const;
