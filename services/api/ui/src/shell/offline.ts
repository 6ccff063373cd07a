/**
 * Has the browser keep the app's own files (worker/service-worker.ts), so that it opens without a network and says that it has none.
 * Only when signed in: nobody installs a login page. Where a browser offers none (plain HTTP on another machine), nothing is lost.
 */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  // A browser that refuses has said why to its owner: in private windows, or by a setting.
  navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
}
