import { moment } from "../kit/format.ts";

/** Fields whose names are not their words. */
const NAMES: Readonly<Record<string, string>> = {
  steam_api_key: "Steam Web API key",
  steam_id: "Steam account",
  playtime_minutes: "Minutes played",
  cover_url: "Cover",
  expires_at: "Ends on",
  started_at: "From",
  ended_at: "Until",
  at: "Time",
  q: "Search",
};

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The instants of a message as they are said everywhere else, in the tracker's zone. */
export function withLocalTimes(message: string, zone: string): string {
  return message.replace(INSTANT, (instant) => moment(instant, zone));
}

/** `/patch/started_at: expected …` as a person reads it: `From: expected …`. Any other message stays as it is. */
export function inWords(message: string): string {
  return message.replace(/^\/?((?:\w+\/)*)(\w+): (?=expected )/, (_, _path, field: string) => {
    const words = field.replaceAll("_", " ");
    return `${NAMES[field] ?? words.charAt(0).toUpperCase() + words.slice(1)}: `;
  });
}
