/** Asks for one of many things; the answer is null when there is no such thing. */
export type AskOne<T> = (id: string, signal: AbortSignal) => Promise<T | null>;

interface Waiting<T> {
  id: string;
  signal: AbortSignal;
  resolve: (found: T | null) => void;
  reject: (error: unknown) => void;
}

export interface Batching {
  /** Milliseconds from the first that is asked for until the request is sent. */
  waitMs: number;
  /** Things that one request may ask for. */
  most: number;
}

/**
 * Sends one request for all that is asked for within a moment. What nobody wants any more by then,
 * like a row that was scrolled by, is not asked for. An error is told to all who wait for the answer.
 */
export function batched<T>(
  askAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  { waitMs, most }: Batching,
): AskOne<T> {
  let waiting: Waiting<T>[] = [];

  function send(): void {
    const wanted = waiting.filter(({ signal }) => !signal.aborted);
    for (const each of waiting) if (each.signal.aborted) each.reject(each.signal.reason);
    waiting = [];
    const ids = [...new Set(wanted.map(({ id }) => id))];
    for (let from = 0; from < ids.length; from += most) {
      const some = new Set(ids.slice(from, from + most));
      const those = wanted.filter(({ id }) => some.has(id));
      askAll([...some]).then(
        (found) => those.forEach(({ id, resolve }) => resolve(found.get(id) ?? null)),
        (error: unknown) => those.forEach(({ reject }) => reject(error)),
      );
    }
  }

  return (id, signal) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setTimeout(send, waitMs);
      waiting.push({ id, signal, resolve, reject });
    });
}
