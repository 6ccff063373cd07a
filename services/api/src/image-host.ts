/** Where covers and achievement icons come from: the only hosts besides our own that the web UI may load from. */
export const IMAGE_HOSTS = [
  "https://shared.akamai.steamstatic.com",
  "https://shared.fastly.steamstatic.com",
  "https://shared.cloudflare.steamstatic.com",
  "https://cdn.akamai.steamstatic.com",
  "https://cdn.cloudflare.steamstatic.com",
  "https://steamcdn-a.akamaihd.net",
  "https://media.steampowered.com",
  "https://avatars.steamstatic.com",
] as const;
