/**
 * The page's HTML. Everything it shows comes from the REST API by its script; nothing is loaded from elsewhere. Whoever
 * brings a session cookie is `known`, so that the script asks strangers' browsers for nothing that they may not see.
 */
export function pageDocument(visitor: "known" | "stranger"): string {
  return DOCUMENT.replace('data-visitor="stranger"', `data-visitor="${visitor}"`);
}

const DOCUMENT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Game Tracker</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234f46e5'/%3E%3Cpath d='M6 4.5v7l5.5-3.5z' fill='white'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body data-visitor="stranger">
<header>
  <h1>Game Tracker</h1>
  <nav>
    <a href="/openapi">API</a>
    <button id="logout" type="button" class="quiet" hidden>Sign out</button>
  </nav>
</header>
<main>
  <noscript><p class="card">This page needs JavaScript; the <a href="/openapi">REST API</a> does not.</p></noscript>
  <section id="playing" class="card" aria-live="polite" aria-labelledby="playing-title">
    <h2 id="playing-title">Now playing</h2>
    <p class="title clamped" id="playing-game">…</p>
    <p class="muted" id="playing-detail"></p>
  </section>
  <form id="login" class="card" hidden>
    <h2>Sign in</h2>
    <input type="text" name="username" value="admin" autocomplete="username" hidden>
    <label for="password">Password</label>
    <div class="row">
      <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1000" required>
      <button type="submit">Sign in</button>
    </div>
    <p id="login-problem" class="problem" role="alert"></p>
    <p class="muted">It was printed once at the first start, or set as ADMIN_PASSWORD.</p>
  </form>
  <div id="library" hidden>
    <section class="tiles" aria-label="Time played">
      <div class="card"><h2>Today</h2><p class="figure" id="today">–</p></div>
      <div class="card"><h2>Last 7 days</h2><p class="figure" id="week">–</p></div>
    </section>
    <section class="card" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Last sessions</h2>
      <ul id="sessions"></ul>
      <p id="zone" class="muted"></p>
    </section>
    <section class="card" aria-labelledby="sync-title">
      <h2 id="sync-title">Sync</h2>
      <ul id="problems"></ul>
      <p id="sync"></p>
    </section>
    <section class="card" aria-labelledby="rest-title">
      <h2 id="rest-title">Everything else</h2>
      <p>The library, its history, the feed and the jobs have no pages yet. They are in the <a href="/openapi">REST API</a>, and <code>./tracker help</code> lists the commands: import, history, poll, backup, export.</p>
    </section>
  </div>
  <p id="trouble" class="problem" role="status"></p>
</main>
</body>
</html>
`;
