import {
  EVENTS_STREAM,
  FACTS_STREAM,
  JOB_KINDS,
  JOB_SUBJECT_PREFIX,
  JOBS_STREAM,
  OPERATOR,
  type ServiceName,
  SERVICES,
} from "@tracker/contracts";

/** What a user of the bus may say and hear; everything else is refused by the server. */
export interface Permission {
  readonly publish: readonly string[];
  readonly denyPublish?: readonly string[];
  readonly subscribe: readonly string[];
}

/** Answering on the services protocol: being found, and being asked. Replies are allowed by `allow_responses`. */
const answering = (subjects: readonly string[]) => ["$SRV.>", ...subjects];
const HEALTH = SERVICES.map((name) => `${name}.health.get`);

/** Working on the jobs of the kinds that a service owns. */
function working(service: ServiceName): string[] {
  const kinds = Object.entries(JOB_KINDS).filter(([, kind]) => kind.worker === service);
  return kinds.flatMap(([kind]) => [
    `$JS.API.CONSUMER.INFO.${JOBS_STREAM}.${kind}`,
    `$JS.API.CONSUMER.MSG.NEXT.${JOBS_STREAM}.${kind}`,
    // Both forms of acknowledgement: servers from 2.15 may be set to the second.
    `$JS.ACK.${JOBS_STREAM}.${kind}.>`,
    `$JS.ACK.*.*.${JOBS_STREAM}.${kind}.>`,
  ]);
}

/** Taking permits: a quota's window is a stream that whoever comes first makes, so these may make streams, but not ours. */
const QUOTAS = [
  "quota.>",
  "$KV.>",
  "$JS.API.INFO",
  "$JS.API.STREAM.CREATE.*",
  "$JS.API.STREAM.UPDATE.*",
  "$JS.API.STREAM.INFO.*",
  "$JS.API.STREAM.MSG.GET.*",
  "$JS.API.DIRECT.GET.>",
  "$JS.API.CONSUMER.CREATE.>",
  "$JS.API.CONSUMER.INFO.>",
  "$JS.API.CONSUMER.DELETE.>",
  "$JS.API.CONSUMER.MSG.NEXT.>",
  "$JS.FC.>",
];
const OUR_STREAMS = [FACTS_STREAM, JOBS_STREAM, EVENTS_STREAM].flatMap((stream) => [
  `$JS.API.STREAM.CREATE.${stream}`,
  `$JS.API.STREAM.UPDATE.${stream}`,
  `$JS.API.CONSUMER.DELETE.${stream}.>`,
]);

const READ_EVENTS = [
  "$JS.API.INFO",
  `$JS.API.STREAM.INFO.${EVENTS_STREAM}`,
  `$JS.API.CONSUMER.CREATE.${EVENTS_STREAM}`,
  `$JS.API.CONSUMER.CREATE.${EVENTS_STREAM}.>`,
  `$JS.API.CONSUMER.INFO.${EVENTS_STREAM}.>`,
  `$JS.API.CONSUMER.DELETE.${EVENTS_STREAM}.>`,
  `$JS.API.CONSUMER.MSG.NEXT.${EVENTS_STREAM}.>`,
  `$JS.FC.>`,
];

const JOBS_FRONT = [
  "jobs.start.*",
  "jobs.get",
  "jobs.list",
  "jobs.cancel",
  "jobs.pause",
  "jobs.resume",
];

const SERVICE_PERMISSIONS: Record<ServiceName, Permission> = {
  store: {
    publish: [
      "events.>",
      `${JOB_SUBJECT_PREFIX}>`,
      "store.jobs.*",
      "jobs.start.*",
      "$JS.API.>",
      "$JS.ACK.>",
      "$JS.FC.>",
    ],
    subscribe: answering(["store.>", ...JOBS_FRONT]),
  },
  api: {
    publish: [
      "store.>",
      "steam-poller.>",
      "steamspy-collector.>",
      "scheduler.schedules.list",
      ...HEALTH,
      ...JOBS_FRONT,
      "$SRV.>",
      ...READ_EVENTS,
    ],
    subscribe: answering(["api.>"]),
  },
  "steam-poller": {
    publish: [
      "facts.library",
      "facts.presence",
      "store.jobs.*",
      ...working("steam-poller"),
      ...QUOTAS,
    ],
    denyPublish: OUR_STREAMS,
    subscribe: answering(["steam-poller.>"]),
  },
  scheduler: {
    publish: [
      "store.schedules.*",
      "store.jobs.*",
      "steam-poller.status.get",
      ...JOBS_FRONT,
      ...working("scheduler"),
    ],
    subscribe: answering(["scheduler.>"]),
  },
  importer: {
    publish: [
      "store.imports.plan",
      "store.achievements.record",
      "store.achievements.overview",
      "store.covers.record",
      "store.history.record",
      "store.years.list",
      "store.jobs.*",
      "steam-poller.status.get",
      "jobs.start.poll",
      "jobs.get",
      ...working("importer"),
      ...QUOTAS,
    ],
    denyPublish: OUR_STREAMS,
    subscribe: answering(["importer.>"]),
  },
  "steamspy-collector": {
    publish: [
      "store.apps.*",
      "store.applist.*",
      "store.steamspy.*",
      "store.jobs.*",
      ...working("steamspy-collector"),
      ...QUOTAS,
    ],
    denyPublish: OUR_STREAMS,
    subscribe: answering(["steamspy-collector.>"]),
  },
};

/** The person at the `nats` CLI: starts and watches, and may look into streams; deletes nothing. */
const OPERATOR_PERMISSION: Permission = {
  publish: [
    ...JOBS_FRONT,
    "store.*.get",
    "store.*.list",
    "store.tokens.*",
    "steam-poller.*.get",
    "steamspy-collector.*.get",
    "scheduler.schedules.list",
    ...HEALTH,
    "$SRV.>",
    "$JS.API.INFO",
    "$JS.API.STREAM.NAMES",
    "$JS.API.STREAM.LIST",
    "$JS.API.STREAM.INFO.*",
    "$JS.API.STREAM.MSG.GET.*",
    "$JS.API.DIRECT.GET.>",
    "$JS.API.CONSUMER.NAMES.*",
    "$JS.API.CONSUMER.LIST.*",
    "$JS.API.CONSUMER.INFO.>",
    ...READ_EVENTS.slice(2),
  ],
  // The CLI's own inboxes; those of the services have other names.
  subscribe: ["events.>", "_INBOX.>", "$JS.EVENT.ADVISORY.>"],
};

/** Every user of the bus with what they may do: one per service, and the operator. */
export function permissions(): ReadonlyMap<string, Permission> {
  const users = SERVICES.map((name): [string, Permission] => {
    const own = SERVICE_PERMISSIONS[name];
    return [name, { ...own, subscribe: [`_INBOX_${name}.>`, ...own.subscribe] }];
  });
  return new Map([...users, [OPERATOR, OPERATOR_PERMISSION]]);
}
