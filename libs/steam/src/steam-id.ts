const STEAM_ID_64 = /^7656119\d{10}$/;

/** Whether it is a SteamID64; an account may also be given as a vanity name. */
export function isSteamId(given: string): boolean {
  return STEAM_ID_64.test(given);
}

/** The SteamID64 of an account; a vanity name is looked up first. */
export async function resolveSteamId(
  given: string,
  lookUp: (vanityName: string) => Promise<string>,
): Promise<string> {
  return isSteamId(given) ? given : await lookUp(given);
}
