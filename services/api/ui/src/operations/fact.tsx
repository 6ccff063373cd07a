/** A line of a list of facts: to be put into a `dl` of two columns. */
export function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-right break-words">{value}</dd>
    </>
  );
}
