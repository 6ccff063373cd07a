import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { defineEvent, defineRequest } from "./conversation.ts";
import { CrawlArguments } from "./crawl.ts";
import {
  AppId,
  Choice,
  Count,
  Id,
  Instant,
  Nullable,
  Page,
  PageInput,
  Strict,
} from "./primitive.ts";

export const JOB_STATES = ["queued", "running", "paused", "done", "failed", "cancelled"] as const;
export const JobState = Choice(JOB_STATES);
export type JobState = Static<typeof JobState>;

/** States that a job does not leave. */
export const FINAL_JOB_STATES: readonly JobState[] = ["done", "failed", "cancelled"];

/** Each kind of job: who works on it, and what may be said when starting one. An empty body means the defaults. */
export const JOB_KINDS = {
  poll: {
    worker: "steam-poller",
    description: "Takes a sample of the Steam library now.",
    arguments: Strict({}),
  },
  import: {
    worker: "importer",
    description:
      "Brings in every game of the Steam library with its achievements, most played first; what is there already is passed over.",
    arguments: Strict({
      /** False imports the games and their covers only. */
      achievements: Type.Optional(Type.Boolean({ description: "true or false" })),
      /** Asks for everything again, whatever is there. What a person has set stays. */
      full_refresh: Type.Optional(Type.Boolean({ description: "true or false" })),
      /** Just these, all of each. */
      app_ids: Type.Optional(
        Type.Array(AppId, {
          minItems: 1,
          maxItems: 1_000,
          uniqueItems: true,
          description: "1 to 1000 different Steam app ids",
        }),
      ),
    }),
  },
  history: {
    worker: "importer",
    description:
      "Asks Steam's Year in Review what was played in each month since 2022, for the time before tracking.",
    arguments: Strict({}),
  },
  snapshot: {
    worker: "store",
    description: "Writes the snapshots of all days that have ended and have none.",
    arguments: Strict({}),
  },
  nightly: {
    worker: "scheduler",
    description: "The night's work: library sample, new games, snapshot.",
    arguments: Strict({}),
  },
  crawl: {
    worker: "steamspy-collector",
    description:
      "Collects the catalogue: the list of apps, bulk facts and details, as far as they are due.",
    arguments: CrawlArguments,
  },
  backup: {
    worker: "store",
    description: "Copies the database into DATA_DIR/backups, checks the copy and removes old ones.",
    arguments: Strict({}),
  },
  export: {
    worker: "store",
    description:
      "Writes everything into one zip in DATA_DIR/exports, for GET /api/export to hand out.",
    arguments: Strict({}),
  },
} as const satisfies Record<string, { worker: string; description: string; arguments: TSchema }>;

/** Where archives lie in DATA_DIR, which the store and the api share: they are too large for a message. */
export const EXPORTS_FOLDER = "exports";

/** What the job `export` names its archive; it is removed a day after. */
export const ArchiveName = Type.String({
  maxLength: 60,
  pattern: String.raw`^game-tracker-\d{8}T\d{6}Z\.zip$`,
  description: "the name of an archive, such as game-tracker-20261120T223000Z.zip",
});

export type JobKind = keyof typeof JOB_KINDS;
export const JOB_KIND_NAMES = Object.keys(JOB_KINDS) as JobKind[];
export const JobKindName = Choice(JOB_KIND_NAMES);

export function isJobKind(kind: string): kind is JobKind {
  return Object.hasOwn(JOB_KINDS, kind);
}

export const JobProgress = Type.Object({
  done: Count,
  total: Nullable(Count),
  rate_per_minute: Nullable(Type.Number()),
  eta_seconds: Nullable(Type.Number()),
  message: Nullable(Type.String()),
});
export type JobProgress = Static<typeof JobProgress>;

export const Job = Type.Object({
  id: Id,
  kind: JobKindName,
  arguments: Type.Record(Type.String(), Type.Unknown()),
  state: JobState,
  progress: JobProgress,
  /** What came of it, when it is done; of some kinds also what came of it so far. */
  result: Nullable(Type.Record(Type.String(), Type.Unknown())),
  error: Nullable(Type.String()),
  /** The user of the bus who asked (`api`, `operator`, …), or the schedule: `schedule nightly`. */
  requested_by: Type.String(),
  created_at: Instant,
  started_at: Nullable(Instant),
  heartbeat_at: Nullable(Instant),
  finished_at: Nullable(Instant),
});
export type Job = Static<typeof Job>;

/** The answer to a start. `already_active` is there, and true, when a job of that kind was active and is answered instead. */
export const StartedJob = Type.Object({
  id: Id,
  kind: JobKindName,
  state: JobState,
  already_active: Type.Optional(Type.Literal(true)),
});
export type StartedJob = Static<typeof StartedJob>;

/** `jobs.start.<kind>`: the body is the kind's arguments; an empty one means the defaults. */
export function startJob(kind: JobKind) {
  return defineRequest({
    subject: `jobs.start.${kind}`,
    description: JOB_KINDS[kind].description,
    input: JOB_KINDS[kind].arguments,
    output: StartedJob,
  });
}

export const startScheduledJob = defineRequest({
  subject: "store.schedules.start",
  description:
    "Starts the run of a schedule that was due at an instant, once, however often and by however many it is asked.",
  input: Strict({
    schedule: Type.String({ maxLength: 50 }),
    kind: JobKindName,
    due_at: Instant,
    /** As when it is started by hand; the kind's defaults unless told. */
    arguments: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
  output: Type.Object({ started: Type.Boolean(), job: StartedJob }),
});

export const listSchedules = defineRequest({
  subject: "store.schedules.list",
  description: "When each schedule's last run was due.",
  input: Strict({}),
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        schedule: Type.String(),
        due_at: Instant,
        job_id: Nullable(Id),
      }),
    ),
  }),
});

const ById = Strict({ id: Id });
export const getJob = defineRequest({
  subject: "jobs.get",
  description: "One job.",
  input: ById,
  output: Job,
});
export const listJobs = defineRequest({
  subject: "jobs.list",
  description: "Jobs, newest first.",
  input: Strict({
    kind: Type.Optional(JobKindName),
    state: Type.Optional(JobState),
    ...PageInput,
  }),
  output: Page(Job),
});
export const cancelJob = defineRequest({
  subject: "jobs.cancel",
  description:
    "Ends a job; its worker stops before its next step. A cancelled one is answered as it is; CONFLICT when it has ended otherwise.",
  input: ById,
  output: Job,
});
export const pauseJob = defineRequest({
  subject: "jobs.pause",
  description: "Halts a job until it is resumed. CONFLICT when it has ended.",
  input: ById,
  output: Job,
});
export const resumeJob = defineRequest({
  subject: "jobs.resume",
  description: "Lets a paused job go on. CONFLICT when it has ended.",
  input: ById,
  output: Job,
});

/** The message in the JOBS stream; the row in the database is the truth, this only wakes a worker. */
export const JobMessage = Type.Object({ id: Id, kind: JobKindName });

export const claimJob = defineRequest({
  subject: "store.jobs.claim",
  description:
    "A worker takes a job up (again): queued becomes running. Answers the job as it is; the worker goes on only when it is running.",
  input: Strict({ id: Id, worker: Type.String({ maxLength: 100 }) }),
  output: Job,
});

export const reportJob = defineRequest({
  subject: "store.jobs.report",
  description:
    "A worker's heartbeat with its progress and, where it says, what came of it so far; the answer's state says whether to go on.",
  input: Strict({
    id: Id,
    progress: JobProgress,
    result: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
  output: Job,
});

export const finishJob = defineRequest({
  subject: "store.jobs.finish",
  description: "A worker ends its job. A job that has ended already is answered as it is.",
  input: Strict({
    id: Id,
    state: Choice(["done", "failed"] as const),
    error: Type.Optional(Nullable(Type.String({ maxLength: 2_000 }))),
    result: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
  output: Job,
});

export const jobChanged = defineEvent({
  subject: "events.job.changed",
  description: "A job entered a state.",
  data: Job,
});
export const jobProgressed = defineEvent({
  subject: "events.job.progressed",
  description: "A running job got further.",
  data: Job,
});
