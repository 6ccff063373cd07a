import type { AccountCheck, Outcome } from "@tracker/contracts";
import type { Clock, Log } from "@tracker/service";
import {
  accountFile,
  createSteamClient,
  type Permits,
  type PlayerSummary,
  readAccountFile,
  SteamFailure,
  type SteamClient,
  withoutPromise,
} from "@tracker/steam";
import { Account } from "./account.ts";
import type { PollerConfig } from "./config.ts";
import { understandFailure } from "./look-failure.ts";

interface CheckParts {
  readonly config: Pick<PollerConfig, "apiUrl" | "dataDir">;
  readonly permits: Permits;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Well within what the contract gives the whole conversation. */
const CHECK_MS_MAX = 20_000;

/** Asks Steam who an account is and what it shows, with its own key. Anything that hinders it is an outcome. */
export async function checkSteamAccount(
  parts: CheckParts,
  { check }: { readonly check: string },
): Promise<AccountCheck> {
  const { config, permits, clock, log } = parts;
  const candidate = readAccountFile(accountFile(config.dataDir, check));
  if (candidate === null) {
    return failed(
      "malformed",
      "The account to check cannot be read: is DATA_DIR the same folder for every service?",
    );
  }
  const { apiUrl } = config;
  const key = candidate.steam_api_key;
  // Somebody waits for the answer: what does not work at once is told at once.
  const steam = createSteamClient({
    apiUrl,
    key,
    permits,
    retryAttempts: 1,
    now: () => clock.now(),
  });
  const signal = AbortSignal.any([parts.signal, AbortSignal.timeout(CHECK_MS_MAX)]);
  try {
    return await askSteam(steam, candidate.steam_id, signal);
  } catch (error) {
    if (signal.aborted) return failed("unreachable", "Steam did not answer in time.");
    const { outcome, reason } = understandFailure(error, log);
    return failed(outcome, withoutPromise(reason));
  }
}

async function askSteam(
  steam: SteamClient,
  given: string,
  signal: AbortSignal,
): Promise<AccountCheck> {
  const steamId = await new Account(given, steam).resolve(signal);
  const players = await steam.playerSummaries([steamId], { signal });
  const player = players.find((each) => each.steamId === steamId);
  if (player === undefined) return failed("bad_steam_id", "Steam knows no such account.");
  const known = { steam_id: steamId, persona_name: player.personaName };
  try {
    const { games } = await steam.ownedGames(steamId, { signal });
    const hidden = hiddenPresence(player);
    return {
      ...known,
      outcome: hidden === null ? "ok" : "private",
      reason: hidden,
      games: games.length,
    };
  } catch (error) {
    if (!(error instanceof SteamFailure) || error.kind !== "private") throw error;
    return { ...known, outcome: "private", reason: error.message, games: null };
  }
}

/** With one's own key the games are shown whatever the settings say, but not what is being played. */
function hiddenPresence({ visibility }: PlayerSummary): string | null {
  if (visibility === "public") return null;
  return "Steam shows the games, but hides the profile: set “My profile” to public in its privacy settings, so that it can be seen what is being played.";
}

function failed(outcome: Outcome, reason: string): AccountCheck {
  return { outcome, reason, steam_id: null, persona_name: null, games: null };
}
