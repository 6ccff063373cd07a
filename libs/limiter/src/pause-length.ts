import type { ApiName } from "./quota.ts";

/** A pause of one API, as all processes see it. */
export interface Pause {
  /** Epoch milliseconds by the NATS server's clock. */
  readonly until: number;
  /** Pauses in a row, this one included; 0 after the API has answered well for a while. */
  readonly count: number;
}

/** What the API said: how long to stay away, or (null) nothing. */
export interface PauseRequest {
  readonly api: ApiName;
  readonly retryAfterMs: number | null;
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
}

interface Growth {
  readonly firstMs: number;
  readonly maxMs: number;
}

const STEAM: Growth = { firstMs: 5_000, maxMs: 15 * 60_000 };
/** SteamSpy cuts off whoever comes back early, so it is given two minutes even where it asks for less. */
const STEAMSPY: Growth = { firstMs: 120_000, maxMs: 3_600_000 };

const GROWTH: Readonly<Record<ApiName, Growth>> = {
  "steam-web-api": STEAM,
  "steam-achievements": STEAM,
  "steam-store": STEAM,
  "steamspy-details": STEAMSPY,
  "steamspy-all": STEAMSPY,
};

const JITTER_SHARE = 0.25;
/** No header makes us stay away for longer. */
export const PAUSE_MS_MAX = 86_400_000;

/**
 * The pause that follows a refusal, or null when the one that is on is long enough. Each pause after the last one's end is
 * twice as long, plus up to a quarter so that nobody comes back in step; refusals during a pause are answers to
 * requests from before it, and lengthen it only where the API itself asks for more.
 */
export function nextPause(current: Pause | null, request: PauseRequest): Pause | null {
  const { api, now, random } = request;
  const retryAfterMs = readable(request.retryAfterMs);
  const active = current !== null && current.until > now;
  if (active && retryAfterMs === null) return null;
  const count = active ? Math.max(1, current.count) : (current?.count ?? 0) + 1;
  const { firstMs, maxMs } = GROWTH[api];
  const grownMs = Math.min(maxMs, firstMs * 2 ** (count - 1)) * (1 + JITTER_SHARE * random);
  const least = active ? 0 : GROWTH[api] === STEAMSPY ? grownMs : 0;
  const lengthMs = Math.min(PAUSE_MS_MAX, Math.max(least, retryAfterMs ?? grownMs));
  const until = now + lengthMs;
  return active && until <= current.until ? null : { until, count };
}

/** A wait of nothing, or one that makes no sense, counts as none given. */
function readable(retryAfterMs: number | null): number | null {
  return retryAfterMs !== null && retryAfterMs >= 1 ? retryAfterMs : null;
}
