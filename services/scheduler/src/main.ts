/** Says when: starts each scheduled job once, catches up what was missed, and leads through the night's work. */
import { answer, busOptions, connectBus, serve, workOn } from "@tracker/bus";
import { describeSchedules } from "@tracker/contracts";
import { type Host, systemClock } from "@tracker/service";
import { readCalendar, readSchedules } from "./config.ts";
import { describeNext, scheduleStates } from "./description.ts";
import { workNightly } from "./nightly.ts";
import { storeRunBook } from "./run-book.ts";
import { runSchedule } from "./schedule-runner.ts";

export { readSchedules };

const NAME = "scheduler";

export async function runScheduler(host: Host): Promise<void> {
  const schedules = readSchedules(host.env);
  const calendar = readCalendar(host.env);
  const { signal } = host;
  const log = host.log(NAME);
  const clock = systemClock;

  using _starting = host.starting(NAME);
  await using bus = await connectBus(busOptions(host, NAME));
  await using _service = await serve(bus, "Starts jobs when they are due.", [
    answer(describeSchedules, () => scheduleStates(calendar, schedules, clock.now())),
  ]);
  using _health = host.health.register({
    name: NAME,
    ready: () => bus.connected,
    detail: () => describeNext(schedules, clock.now()),
  });

  log.info("ready", { next: describeNext(schedules, clock.now()) });
  const book = storeRunBook(bus);
  await Promise.all([
    host.stopped,
    workOn(bus, "nightly", (work) => workNightly(bus, clock, work), signal),
    ...schedules.map((schedule) => runSchedule(schedule, { book, clock, log, signal })),
  ]);
}
