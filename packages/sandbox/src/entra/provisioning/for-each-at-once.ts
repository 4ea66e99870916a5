/** Processes the items, `atOnce` at a time; starts no further item after an abort or a failure, which it throws. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items.values();
  let failed = false;
  async function worker(): Promise<void> {
    for (const item of remaining) {
      if (failed || signal.aborted) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}
