import { type Static, Type } from "@sinclair/typebox";
import { APP_BATCH_MAX, PlannedSource } from "./catalogue-crawl.ts";
import { defineRequest } from "./conversation.ts";
import { Choice, Count, Empty, Id, Instant, Nullable, Strict } from "./primitive.ts";

/** What a crawl collects: the list of apps; bulk facts (GetItems, SteamSpy's pages); details, app by app; or all of it. */
export const CRAWL_MODES = ["list", "bulk", "detail", "full"] as const;
export const CrawlMode = Choice(CRAWL_MODES);
export type CrawlMode = Static<typeof CrawlMode>;

/** What may be said when starting a crawl. */
export const CrawlArguments = Strict({
  /** Default: full. */
  mode: Type.Optional(CrawlMode),
  /** Starts over: a full list rather than what changed, and every app is due again. */
  full_refresh: Type.Optional(Type.Boolean()),
  /** Leaves the list of apps as it is, and collects facts of the apps that are known. */
  update_metadata: Type.Optional(Type.Boolean()),
  /** Apps that are committed together, and what a crash costs at most; BATCH_SIZE unless told. */
  batch_size: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: APP_BATCH_MAX,
      description: `a whole number from 1 to ${APP_BATCH_MAX}`,
    }),
  ),
});
export type CrawlArguments = Static<typeof CrawlArguments>;

/** How much of each quota is used, and who waits for it, in one process. */
export const QuotaUse = Type.Object({
  api: Type.String(),
  windows: Type.Array(
    Type.Object({
      limit: Type.Integer(),
      window_ms: Type.Integer(),
      used: Type.Integer(),
    }),
  ),
  paused_until: Nullable(Instant),
  waiting: Type.Integer(),
});
export type QuotaUse = Static<typeof QuotaUse>;

/** A quota's windows are shared, so every service tells the same of them; who waits is told by each for itself. */
export function mergeQuotas(told: readonly QuotaUse[]): QuotaUse[] {
  const merged = new Map<string, QuotaUse>();
  for (const quota of told) {
    const waiting = (merged.get(quota.api)?.waiting ?? 0) + quota.waiting;
    merged.set(quota.api, { ...quota, waiting });
  }
  return [...merged.values()];
}

export const getCollectorStatus = defineRequest({
  subject: "steamspy-collector.status.get",
  description: "What the collector is doing, its quotas, and what of each source is due.",
  input: Empty,
  output: Type.Object({
    /** False without a Steam key: the list of apps cannot be asked for then, all else can. */
    configured: Type.Boolean(),
    /** The crawl that it works on; null when it has none. */
    job_id: Nullable(Id),
    quotas: Type.Array(QuotaUse),
    /** Empty while the store does not answer. */
    sources: Type.Array(
      Type.Object({ source: PlannedSource, due: Count, leased: Count, apps: Count }),
    ),
  }),
});
export type CollectorStatus = Static<typeof getCollectorStatus.output>;
