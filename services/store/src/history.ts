/** From facts to history without a bus: for whoever measures how true the history is. */
export { countUnbalanced } from "./balance.ts";
export { type Database, openDatabase } from "./database.ts";
export { applyLibrarySample } from "./library.ts";
export { applyPresence } from "./presence.ts";
export { rebuildSessions } from "./rebuild.ts";
export { writeSnapshots } from "./snapshot.ts";
