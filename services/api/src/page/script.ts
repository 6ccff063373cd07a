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

const moments = new Intl.DateTimeFormat(undefined, { weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const moment = (instant) => moments.format(new Date(instant));

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
  if (playing && since !== null) parts.push("since " + moment(since));
  else if (game !== null && game.last_played_at !== null) parts.push(moment(game.last_played_at));
  if (stale) parts.push("Steam did not answer in time");
  element("playing-detail").textContent = parts.join(" · ");
}

function showDays({ to, items }) {
  const start = new Date(to + "T00:00:00Z");
  start.setUTCDate(start.getUTCDate() - 6);
  const from = start.toISOString().slice(0, 10);
  const sum = (days) => days.reduce((total, day) => total + day.minutes, 0);
  element("today").textContent = duration(sum(items.filter(({ day }) => day === to)));
  element("week").textContent = duration(sum(items.filter(({ day }) => day >= from)));
}

function showSessions({ items }) {
  const lines = items.map((session) => {
    const line = item("");
    const game = document.createElement("span");
    const when = document.createElement("small");
    const minutes = document.createElement("span");
    game.textContent = session.title;
    when.textContent = session.live ? "playing since " + moment(session.started_at) : moment(session.started_at);
    minutes.textContent = duration(session.minutes);
    game.append(when);
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
  if (store) parts.push(store.games + " games");
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
    sources.push(["/api/status", showStatus], ["/api/days", showDays], ["/api/sessions?limit=8", showSessions]);
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
