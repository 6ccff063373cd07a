import { Type } from "@sinclair/typebox";

/** An app id, or seconds since 1970. */
export const Uint32 = Type.Integer({ minimum: 0, maximum: 4_294_967_295 });

export const WholeMinutes = Type.Integer({ minimum: 0 });

/** A text that Steam leaves out or leaves empty where there is none. */
export function textOrNull(text: string | null | undefined): string | null {
  return text === "" ? null : (text ?? null);
}

/** Epoch milliseconds of Steam's seconds, of which 0 means never. */
export function instantMs(seconds: number | undefined): number | null {
  return seconds === undefined || seconds === 0 ? null : seconds * 1_000;
}
