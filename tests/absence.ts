const noted = new Set<string>();

/**
 * Says on stderr, once, that the machine lacks something, so that whoever sees a skipped test sees why.
 * With CI=true it throws: there everything has to be tested.
 */
export function noteAbsence(what: string): void {
  if (process.env["CI"] === "true") throw new Error(`CI needs ${what}`);
  if (!noted.has(what))
    process.stderr.write(`${what} absent: the tests that need it are skipped\n`);
  noted.add(what);
}
