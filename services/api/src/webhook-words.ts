/** What happened, for people. */
export interface Words {
  readonly title: string;
  readonly message: string;
  /** One of ntfy's tags: https://docs.ntfy.sh/emojis/ */
  readonly tag: string;
}

interface Told {
  readonly title?: string;
  readonly achievement?: string;
  readonly minutes?: number;
  readonly achievements?: number;
  readonly change?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly outcome?: string;
  readonly reason?: string | null;
  readonly games_added?: number;
  readonly minutes_added?: number;
}

const WORDS: Readonly<Record<string, (told: Told) => Words>> = {
  "session.started": ({ title }) => says(game(title), "is being played.", "video_game"),
  "session.ended": ({ title, minutes }) =>
    says(game(title), `was played for ${span(minutes)}.`, "stop_button"),
  "session.changed": ({ title, minutes }) =>
    says(game(title), `A session comes to ${span(minutes)} now.`, "pencil2"),
  "achievement.unlocked": ({ title, achievement }) =>
    says(achievement ?? "An achievement", `Unlocked in ${game(title)}.`, "trophy"),
  "game.completed": ({ title, achievements }) =>
    says(game(title), `Completed: all ${achievements ?? 0} achievements.`, "tada"),
  "game.added": ({ title }) => says(game(title), "came into the library.", "heavy_plus_sign"),
  "game.changed": ({ title, change }) =>
    says(game(title), `was ${change ?? "changed"}.`, "pencil2"),
  "library.synced": ({ outcome, reason, games_added, minutes_added }) =>
    says(
      `The library was looked at: ${outcome ?? "ok"}`,
      reason ?? `${span(minutes_added)} more, ${games_added ?? 0} new games.`,
      "mag",
    ),
  "job.changed": ({ kind, state }) =>
    says(`Job ${kind ?? ""}`, `is ${state ?? "changed"}.`, "gear"),
  "webhook.test": () => says("Game Tracker", "This is a try: the webhook works.", "wave"),
};

/** An event in words. */
export function wordsOf(event: string, data: unknown): Words {
  return (WORDS[event] ?? (() => says("Game Tracker", event, "video_game")))(data as Told);
}

function says(title: string, message: string, tag: string): Words {
  return { title, message, tag };
}

function game(title: string | undefined): string {
  return title ?? "A game";
}

function span(minutes = 0): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
