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

/** What is said to programs, and how a person says it. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/expected a text of 1 to .*, got "\s*"$/, "expected some text, got none"],
  [/\ban instant that has been\b/, "a time that has been"],
  [/\ban instant\b/g, "a time"],
  [/(?<=after )started_at\b/, "the start"],
  [/\bsession \d+ of the same game\b/, "another session of the same game"],
];

/** `/patch/started_at: expected …` as a person reads it: `From: expected …`. Any other message stays as it is. */
export function inWords(message: string): string {
  const said = PHRASES.reduce((text, [phrase, words]) => text.replace(phrase, words), message);
  return said.replace(/^\/?((?:\w+\/)*)(\w+): (?=expected )/, (_, _path, field: string) => {
    const words = field.replaceAll("_", " ");
    return `${NAMES[field] ?? words.charAt(0).toUpperCase() + words.slice(1)}: `;
  });
}
