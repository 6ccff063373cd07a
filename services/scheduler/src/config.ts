import type { CrawlArguments, JobKind } from "@tracker/contracts";
import {
  CALENDAR_VARIABLES,
  type Environment,
  parseEnv,
  readTogether,
  WrongVariables,
} from "@tracker/service";
import { type Static, Type } from "@sinclair/typebox";
import { Schedule } from "./schedule.ts";

const Config = Type.Object(CALENDAR_VARIABLES);

interface ScheduleDefinition {
  readonly name: string;
  readonly kind: JobKind;
  /** What the job is started with; default: the kind's own defaults. */
  readonly arguments?: CrawlArguments;
  readonly variable: string;
  /** Null where a schedule is off unless asked for. */
  readonly usual: (dayStartHour: number) => string | null;
}

const DEFINITIONS: readonly ScheduleDefinition[] = [
  // Five minutes into the new day, so that the day that has ended is over in every way.
  {
    name: "nightly",
    kind: "nightly",
    variable: "SCHEDULE_NIGHTLY",
    usual: (hour) => `5 ${hour} * * *`,
  },
  { name: "backup", kind: "backup", variable: "SCHEDULE_BACKUP", usual: () => "30 4 * * *" },
  // What of the catalogue is due; SteamSpy counts once a day.
  {
    name: "crawl",
    kind: "crawl",
    arguments: { mode: "full" },
    variable: "SCHEDULE_CRAWL",
    usual: () => "10 5 * * *",
  },
  // Only a full list tells what is gone. Should another crawl be active, that one fetches it, with the week over.
  {
    name: "crawl-list",
    kind: "crawl",
    arguments: { mode: "list", full_refresh: true },
    variable: "SCHEDULE_CRAWL_LIST",
    usual: () => "40 4 * * 0",
  },
  // The poller keeps a cadence of its own; this one is for whoever wants samples at other times too.
  { name: "poll", kind: "poll", variable: "SCHEDULE_POLL", usual: () => null },
];

/** Where and when its days begin. */
export function readCalendar(env: Environment): Static<typeof Config> {
  return parseEnv(Config, env);
}

/** Every schedule, also those that are off. */
export const SCHEDULES: readonly Pick<ScheduleDefinition, "name" | "kind" | "variable">[] =
  DEFINITIONS;

/** The schedules that are on. Each variable holds a cron expression; an empty one, or `off`, turns its schedule off. */
export function readSchedules(env: Environment): readonly Schedule[] {
  // Whether an expression can be read does not hang on the zone, so a wrong zone hides no wrong expression.
  readTogether(env, [(env) => parseEnv(Config, env), (env) => parseSchedules(env, 0, "UTC")]);
  const { TIME_ZONE, DAY_START_HOUR } = parseEnv(Config, env);
  return parseSchedules(env, DAY_START_HOUR, TIME_ZONE);
}

function parseSchedules(env: Environment, dayStartHour: number, timeZone: string): Schedule[] {
  const schedules: Schedule[] = [];
  const wrong: string[] = [];
  for (const { name, kind, arguments: given, variable, usual } of DEFINITIONS) {
    // Read beside parseEnv, to which an empty value is an absent one.
    const expression = (env[variable] ?? usual(dayStartHour) ?? "off").trim();
    if (expression === "" || expression.toLowerCase() === "off") continue;
    const job = given === undefined ? { kind } : { kind, arguments: given };
    const schedule = Schedule.parse(name, job, expression, timeZone);
    if (schedule === null) wrong.push(variable);
    else schedules.push(schedule);
  }
  if (wrong.length === 0) return schedules;
  throw new WrongVariables(
    wrong.map(
      (variable) =>
        `${variable}: expected a cron expression with five fields such as "5 0 * * *", or off`,
    ),
  );
}
