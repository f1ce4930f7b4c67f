/** Where files of the widget are that only some readers need; `*` stands for their names. */
declare const DATA_FILES: string;

/** How long (milliseconds) a server may take to answer. */
const patience = 20_000;

export interface FieldError {
  /** JSON pointer (RFC 6901) into what was sent. */
  pointer: string;
  code: string;
  /** In English; none for what the browser found. */
  message?: string;
}

/** What was answered, or why not: `offline`, `unreachable`, or the code of the API's problem. */
export interface Reply<T = unknown> {
  body?: T;
  code?: string;
  errors?: FieldError[] | undefined;
  /** Seconds after which trying again makes sense. */
  wait?: number;
}

/** Asks for JSON, by default of where this script is from. Never rejects. */
export async function ask<T>(address: string, stop?: AbortSignal, init?: RequestInit): Promise<Reply<T>> {
  const asking = new AbortController();
  const { signal } = asking;
  const cancel = () => asking.abort();
  const timer = setTimeout(cancel, patience);
  stop?.addEventListener('abort', cancel, { signal });
  try {
    const response = await fetch(new URL(address, import.meta.url), { credentials: 'omit', signal, ...init });
    return toReply<T>(response, await response.json().catch(() => undefined));
  } catch {
    return { code: navigator.onLine ? 'unreachable' : 'offline' };
  } finally {
    clearTimeout(timer);
    cancel();
  }
}

/** Texts of a language, or `time-zones`: the time zones of countries. */
export function askForData<T>(name: string, stop?: AbortSignal): Promise<Reply<T>> {
  return ask(DATA_FILES.replace('*', name), stop);
}

/** Problems name their kind in a URN; what refuses may be no function of ours, and then says no JSON. */
function toReply<T>(
  { ok, status, headers }: Response,
  body: (T & { type?: string; errors?: FieldError[] }) | undefined,
): Reply<T> {
  return ok
    ? { body: body as T }
    : {
        code: status === 429 ? 'too-many-requests' : (body?.type?.split(':').pop() ?? 'internal-error'),
        errors: body?.errors,
        wait: Number(headers.get('retry-after')) || 30,
      };
}
