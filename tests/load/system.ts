import { createHost } from "@tracker/service";
import { type Bus, busOptions, connectBus } from "@tracker/bus";
import {
  PASSWORD,
  type RunningTracker,
  spawnTracker,
  startTracker,
  type TrackerOptions,
  type TrackerProcess,
} from "../running-tracker.ts";
import { until } from "../service-process.ts";

const READY_MS_MAX = 60_000;

/** A tracker, and besides it one process that does nothing but serve the API: that one is put under load. */
export interface LoadedSystem extends AsyncDisposable {
  readonly tracker: RunningTracker;
  readonly api: TrackerProcess;
  /** Of that process. */
  readonly url: string;
  /** The bus as the store has it, to publish by. */
  readonly bus: Bus;
}

export async function startLoadedSystem(options: TrackerOptions): Promise<LoadedSystem> {
  await using stack = new AsyncDisposableStack();
  const tracker = stack.use(await startTracker(options));
  const env = { ...tracker.env, PORT: "0", ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: "info" };
  const api = stack.use(spawnTracker(["up", "api"], env));
  let url: string | undefined;
  await until("an API of its own", READY_MS_MAX, () => {
    if (api.exitCode !== null) throw new Error(`it ended: ${api.output()}`);
    url = /"url":"(http:[^"]+?)\/?"/.exec(api.output())?.[1];
    return url !== undefined;
  });
  const host = createHost({ env: tracker.env, version: "0.0.0", logLevel: "error", write() {} });
  const bus = stack.use(await connectBus(busOptions(host, "store")));
  const owned = stack.move();
  return {
    tracker,
    api,
    url: url ?? "",
    bus,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
