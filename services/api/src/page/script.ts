/** The page's script: plain JavaScript for the browser, served as it stands. Text only ever enters as textContent. */
export const PAGE_SCRIPT = String.raw`"use strict";
const element = (id) => document.getElementById(id);
const REFRESH_MS = 60_000;
const QUIET_MS = 1_500;
const EVENTS = ["session.started", "session.changed", "session.ended", "library.synced", "game.changed"];
let events;
let waiting;
let signedIn = document.body.dataset.visitor === "known";

async function ask(path, options) {
  const response = await fetch(path, { headers: { accept: "application/json" }, ...options });
  if (response.status === 204) return null;
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.detail ?? body.title), { status: response.status });
  return body;
}

function duration(minutes) {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? minutes + " min" : hours + " h " + (minutes % 60) + " min";
}

/** Clock times are those of the tracker's zone, in which its days begin and end; a stranger is told how long ago. */
const MOMENT = { weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };
let moments;

function useZone(timeZone) {
  moments = new Intl.DateTimeFormat(undefined, { ...MOMENT, timeZone });
  element("zone").textContent = "Times and days are those of " + timeZone + ".";
}

/** Until the zone is known, in UTC, which every instant of the API is in. */
const moment = (instant) => (moments === undefined ? instant.slice(0, 16).replace("T", " ") + " UTC" : moments.format(new Date(instant)));
const elapsed = (instant) => Math.max(0, Math.floor((Date.now() - Date.parse(instant)) / 60_000));
const counted = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");

function ago(instant) {
  const minutes = elapsed(instant);
  if (minutes < 1) return "just now";
  if (minutes < 48 * 60) return duration(minutes) + " ago";
  return Math.floor(minutes / 1_440) + " days ago";
}

function item(text) {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}

function showPlaying({ playing, game, since, stale }) {
  element("playing-title").textContent = playing ? "Now playing" : "Last played";
  element("playing-game").textContent = game === null ? "Nothing yet" : game.title;
  element("playing-game").classList.toggle("live", playing);
  const parts = [];
  if (game !== null && game.hours_played !== null) parts.push(game.hours_played + " h in all");
  if (playing && since !== null) parts.push("for " + duration(elapsed(since)));
  else if (game !== null && game.last_played_at !== null) parts.push(ago(game.last_played_at));
  if (stale) parts.push("Steam did not answer in time");
  element("playing-detail").textContent = parts.join(" · ");
}

function showDays({ to, items, time_zone }) {
  useZone(time_zone);
  const start = new Date(to + "T00:00:00Z");
  start.setUTCDate(start.getUTCDate() - 6);
  const from = start.toISOString().slice(0, 10);
  const sum = (days) => days.reduce((total, day) => total + day.minutes, 0);
  element("today").textContent = duration(sum(items.filter(({ day }) => day === to)));
  element("week").textContent = duration(sum(items.filter(({ day }) => day >= from)));
}

/** Steam counts a game's minutes about every half hour and at its end; until then only presence tells of them. */
function liveText({ started_at: start, minutes }) {
  const playing = "playing for " + duration(elapsed(start));
  return playing + (minutes === 0 ? "; Steam has not counted it yet" : "; Steam has counted " + duration(minutes));
}

function showSessions({ items }) {
  const lines = items.map((session) => {
    const line = item("");
    const game = document.createElement("span");
    const when = document.createElement("small");
    const minutes = document.createElement("span");
    const title = document.createElement("span");
    title.className = "clamped";
    title.textContent = session.title;
    title.title = session.title;
    when.textContent = session.live ? liveText(session) : moment(session.started_at);
    minutes.textContent = duration(session.live ? Math.max(session.minutes, elapsed(session.started_at)) : session.minutes);
    game.append(title, when);
    line.append(game, minutes);
    return line;
  });
  element("sessions").replaceChildren(...(lines.length > 0 ? lines : [item("No session yet")]));
}

function showStatus({ problems, accounts, poller, store }) {
  element("problems").replaceChildren(...problems.map(item));
  const account = accounts[0];
  const parts = [];
  if (account) parts.push("Following " + (account.persona_name ?? account.steam_id));
  if (account && account.last_sample_at) parts.push("last look " + moment(account.last_sample_at));
  if (poller && poller.next_sample_at) parts.push("next " + moment(poller.next_sample_at));
  if (store) parts.push(counted(store.games, "game"));
  element("sync").textContent = parts.join(" · ");
}

/** Many events within a short while make one refresh. */
function refreshSoon() {
  waiting ??= setTimeout(() => void refresh(), QUIET_MS);
}

function showSignedIn() {
  element("login").hidden = signedIn;
  element("library").hidden = !signedIn;
  element("logout").hidden = !signedIn;
  if (signedIn && events === undefined) {
    events = new EventSource("/api/events");
    for (const name of EVENTS) events.addEventListener(name, refreshSoon);
  } else if (!signedIn && events !== undefined) {
    events.close();
    events = undefined;
  }
}

async function refresh() {
  clearTimeout(waiting);
  waiting = undefined;
  const sources = [["/api/now-playing", showPlaying]];
  if (signedIn) {
    // The days come first: they say in which zone the times of the others are shown.
    sources.push(["/api/days", showDays], ["/api/status", showStatus], ["/api/sessions?limit=8", showSessions]);
  }
  const answers = await Promise.allSettled(sources.map(([path]) => ask(path)));
  answers.forEach((answer, index) => {
    if (answer.status === "fulfilled") sources[index][1](answer.value);
  });
  const failures = answers.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
  if (failures.some(({ status }) => status === 401)) signedIn = false;
  showSignedIn();
  element("trouble").textContent = signedIn && failures.length > 0 ? failures[0].message : "";
}

element("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const password = element("password");
  try {
    await ask("/api/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password: password.value }),
    });
    signedIn = true;
    password.value = "";
    element("login-problem").textContent = "";
    await refresh();
  } catch (error) {
    element("login-problem").textContent = error.message;
    password.select();
  }
});

element("logout").addEventListener("click", async () => {
  try {
    await ask("/api/logout", { method: "POST" });
    signedIn = false;
    await refresh();
  } catch (error) {
    element("trouble").textContent = error.message;
  }
});

setInterval(() => void refresh(), REFRESH_MS);
void refresh();
`;
