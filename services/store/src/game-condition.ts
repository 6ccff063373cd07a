import { type SQL, sql } from "drizzle-orm";
import { fold } from "./fold.ts";
import { platformOf } from "./game-row.ts";

/** That `games g` is of a platform, however its name is written. */
export function isOnPlatform(platform: string): SQL {
  return sql`fold(${platformOf}) = ${fold(platform.trim())}`;
}

/** That `games g` carries one of the owner's tags, however it is written. */
export function carriesTag(tag: string): SQL {
  return sql`g.id IN (SELECT game_id FROM game_tags
    JOIN tags t ON t.id = tag_id WHERE fold(t.name) = ${fold(tag.trim())})`;
}
