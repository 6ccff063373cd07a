/** Each request for achievements counts in their own quota and in that of the whole Web API. */
export const ACHIEVEMENT_APIS = ["steam-achievements", "steam-web-api"] as const;
