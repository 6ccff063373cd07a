import type { Static, TSchema } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";

/** An answer of which more than this share cannot be read has another shape, and is not to be believed. */
const UNREADABLE_SHARE_MAX = 0.1;

/** Reads rows of one shape. */
export interface RowReader<Row> {
  /** The rows that have the shape. One odd row must not cost the other 999 of its page, now and at every later try. */
  readable(rows: readonly unknown[]): readonly Row[];
  /** Whether so many have it that they may be read at all. */
  mostlyReadable(rows: readonly unknown[]): boolean;
}

export function rowReader<S extends TSchema>(schema: S): RowReader<Static<S>> {
  const shape = TypeCompiler.Compile(schema);
  const readable = (rows: readonly unknown[]) => rows.filter((row) => shape.Check(row));
  return {
    readable,
    mostlyReadable: (rows) =>
      rows.length - readable(rows).length <= rows.length * UNREADABLE_SHARE_MAX,
  };
}
