/** For tests: what a promise is rejected with. */

/** @throws Error where it is kept */
export async function errorOf(work: Promise<unknown>): Promise<Error> {
  const result = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (result instanceof Error) return result;
  throw new Error('expected an error, got none');
}
