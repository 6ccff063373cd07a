import { INVENTED_NAMES } from "./invented-games.ts";

/** Words of names that do not exist, in many scripts, for a search has to find them all. */
const FIRST = [
  "Amber",
  "Brass",
  "Crooked",
  "Dusk",
  "Eleventh",
  "Feral",
  "Gilded",
  "Hollow",
  "Ivory",
  "Jagged",
  "Kindred",
  "Lost",
  "Mossy",
  "Neon",
  "Obsidian",
  "Paper",
  "Quiet",
  "Rusted",
  "Salt",
  "Tidal",
  "Umbral",
  "Velvet",
  "Wandering",
  "Zinc",
  "Café",
  "Ångström",
  "Señor",
  "Żółty",
  "Тихий",
  "Ночной",
  "霧の",
  "深い",
  "静かな",
  "夜の",
  "붉은",
  "ضوء",
  "Λευκό",
  "💀",
] as const;
const SECOND = [
  "Archive",
  "Bakery",
  "Caravan",
  "Dominion",
  "Engine",
  "Fjord",
  "Garrison",
  "Harvest",
  "Inn",
  "Jetty",
  "Kingdom",
  "Lighthouse",
  "Machine",
  "Nebula",
  "Orchard",
  "Parade",
  "Quarry",
  "Reef",
  "Signal",
  "Tavern",
  "Uprising",
  "Vault",
  "Workshop",
  "Yard",
  "Straße",
  "Noël",
  "Лес",
  "Завод",
  "図書館",
  "物語",
  "工房",
  "도시",
  "مدينة",
  "Νησί",
] as const;

/** The name of the n-th invented app; no two are the same. The first ones are those of the invented library. */
export function inventedAppName(index: number): string {
  const known = INVENTED_NAMES[index];
  if (known !== undefined) return known;
  const first = FIRST[index % FIRST.length] ?? "";
  const second = SECOND[Math.floor(index / FIRST.length) % SECOND.length] ?? "";
  const part = Math.floor(index / (FIRST.length * SECOND.length));
  return part === 0 ? `${first} ${second}` : `${first} ${second} ${part + 1}`;
}

export function inventedStudio(index: number): string {
  return `${SECOND[index % SECOND.length] ?? ""} Studio ${index % 997}`;
}

/** The tags that there are, in the order of their popularity; their ids are their places. */
export const TAG_NAMES = [
  "Indie",
  "Action",
  "Adventure",
  "Casual",
  "Simulation",
  "Strategy",
  "RPG",
  "Puzzle",
  "2D",
  "3D",
  "Atmospheric",
  "Story Rich",
  "Fantasy",
  "Pixel Graphics",
  "Horror",
  "Platformer",
  "Co-op",
  "Multiplayer",
  "Open World",
  "Survival",
  "Roguelike",
  "Card Game",
  "Tower Defense",
  "Turn-Based",
  "Visual Novel",
  "Racing",
  "Sports",
  "Music",
  "Space",
  "Cute",
] as const;

export const GENRES = [
  "Action",
  "Adventure",
  "Casual",
  "Indie",
  "RPG",
  "Simulation",
  "Strategy",
  "Free To Play",
] as const;
export const LANGUAGES = [
  "English",
  "French",
  "German",
  "Japanese",
  "Simplified Chinese",
  "Portuguese - Brazil",
] as const;
