/**
 * The header image at its old address. About one game in twenty answers 404: art uploaded since late 2024 lives at an
 * address that only IStoreBrowseService/GetItems tells.
 */
export function coverUrl(appId: number): string {
  return `https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/${appId}/header.jpg`;
}

/** The 32 × 32 icon of a game from its hash in GetOwnedGames. */
export function iconUrl(appId: number, iconHash: string): string {
  return `https://media.steampowered.com/steamcommunity/public/images/apps/${appId}/${iconHash}.jpg`;
}
