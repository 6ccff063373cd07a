/** Owns the SQLite file. Everyone else asks it over the bus. */
import { answer, busOptions, connectBus, consume, serve, workOn } from "@tracker/bus";
import { FACTS_CONSUMER, FACTS_STREAM, getStoreStatus, listBackups } from "@tracker/contracts";
import { type Host, systemClock } from "@tracker/service";
import { storeAnswers } from "./answers.ts";
import { thinAppHistory } from "./app-history-thin.ts";
import { mergeNames, mergeNewNames } from "./app-name-merge.ts";
import { exportArchive } from "./archive-export.ts";
import { listBackups as readBackups } from "./backup-list.ts";
import { backUp, occasionOf } from "./backup.ts";
import { readConfig } from "./config.ts";
import { openDatabase } from "./database.ts";
import { factHandler } from "./facts.ts";
import { jobReconciler } from "./job-reconciler.ts";
import { publishOutbox } from "./outbox.ts";
import { playedRefresher } from "./played-refresh.ts";
import { keepStreams, provisionAtStart } from "./provision.ts";
import { recutDays } from "./rebuild.ts";
import { writeSnapshots } from "./snapshot.ts";
import { currentWriteProblem, getStoreStatus as readStatus } from "./status.ts";
import { keepUp } from "./upkeep.ts";

export { readConfig } from "./config.ts";
export { exportStopped } from "./archive-export.ts";
export { importArchive } from "./archive-import.ts";
export { adoptDatabase } from "./old-command.ts";
export { restoreDatabase } from "./restore.ts";

const NAME = "store";
const FACTS = { stream: FACTS_STREAM, consumer: FACTS_CONSUMER, batch: 20 };

export async function runStore(host: Host): Promise<void> {
  const config = readConfig(host.env);
  const { signal } = host;
  const { calendar, backupsFolder, exportsFolder } = config;
  const log = host.log(NAME);
  const clock = () => systemClock.now();
  const reading = () => ({ now: clock(), calendar, pollIntervalMs: config.pollIntervalMs });

  using _starting = host.starting(NAME);
  using database = openDatabase(config.databasePath, { backupsFolder });
  const recut = recutDays(database, calendar, clock());
  const snapshots = writeSnapshots(database, calendar, clock());

  await using bus = await connectBus(busOptions(host, NAME));
  await provisionAtStart(bus, signal);
  await using _service = await serve(bus, "Keeps the library and its history.", [
    ...storeAnswers({ database, calendar, pollIntervalMs: config.pollIntervalMs, clock }),
    answer(getStoreStatus, () => readStatus(database, calendar, clock())),
    answer(listBackups, () => readBackups(backupsFolder)),
  ]);
  using _health = host.health.register({
    name: NAME,
    ready: () => bus.connected && currentWriteProblem(database, clock()) === null,
    detail: () => database.writeProblem?.words,
  });

  const written = { changes: 0 };
  log.info("ready", {
    schema: database.schemaVersion,
    time_zone: calendar.zone,
    recut,
    snapshots,
  });
  await Promise.all([
    host.stopped,
    consume(bus, FACTS, factHandler(database, calendar, log, clock), signal),
    publishOutbox(bus, database, signal),
    jobReconciler(database, log, signal, clock),
    keepStreams(bus, signal),
    playedRefresher(database, reading, log, signal),
    keepUp({ begin: () => mergeNewNames(database, written), everyMs: 500, restMs: 50 }, signal),
    keepUp({ begin: () => mergeNames(database), everyMs: 10 * 60_000, restMs: 50 }, signal),
    keepUp(
      { begin: () => thinAppHistory(database, clock()), everyMs: 6 * 3_600_000, restMs: 10 },
      signal,
    ),
    workOn(
      bus,
      "snapshot",
      async () => ({ days: writeSnapshots(database, calendar, clock()) }),
      signal,
    ),
    workOn(
      bus,
      "backup",
      ({ job }) => backUp(database, backupsFolder, clock(), occasionOf(job)),
      signal,
    ),
    workOn(bus, "export", () => exportArchive(database.path, exportsFolder, clock()), signal),
  ]);
}
