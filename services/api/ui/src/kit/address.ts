/**
 * Reads parts of an address. Anybody may have typed it, so what does not fit is undefined; whoever reads an address names
 * every part all the same, because the router lays what is read over what was typed.
 */
export function readText(value: unknown): string | undefined {
  const given = typeof value === "number" ? String(value) : value;
  return typeof given === "string" && given !== "" ? given : undefined;
}

/**
 * Whether a change of an address is a step that the browser's way back takes back: what is chosen is one, and what is typed or leafed
 * through, the `passing` parts, is none.
 */
export function isStep<T extends object>(part: T, passing: readonly (keyof T)[]): boolean {
  return Object.keys(part).some((name) => !passing.some((each) => each === name));
}

export function readOrder(value: unknown): "asc" | "desc" | undefined {
  return value === "asc" || value === "desc" ? value : undefined;
}
