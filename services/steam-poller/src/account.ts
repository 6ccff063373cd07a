import { isSteamId, type SteamClient } from "@tracker/steam";

/** The account that is followed, given as a SteamID64 or as a vanity name, which Steam is asked for until it has told once. */
export class Account {
  readonly #given: string;
  readonly #steam: Pick<SteamClient, "resolveVanityUrl">;
  #resolved: string | null;
  #asking: Promise<string> | null = null;

  constructor(given: string, steam: Pick<SteamClient, "resolveVanityUrl">) {
    this.#given = given;
    this.#steam = steam;
    this.#resolved = isSteamId(given) ? given : null;
  }

  /** The SteamID64; null while only the vanity name is known. */
  get steamId(): string | null {
    return this.#resolved;
  }

  /** Asks Steam where needed, once for all who wait; rejects as the client does, and the next look asks again. */
  async resolve(signal?: AbortSignal): Promise<string> {
    if (this.#resolved !== null) return this.#resolved;
    this.#asking ??= this.#steam
      .resolveVanityUrl(this.#given, signal === undefined ? {} : { signal })
      .finally(() => {
        this.#asking = null;
      });
    this.#resolved = await this.#asking;
    return this.#resolved;
  }
}
