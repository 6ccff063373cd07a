/** A span as a running clock: `5:09`, `1:02:33`. */
export function elapsed(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = two(seconds % 60);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${two(minutes)}:${rest}`;
}
