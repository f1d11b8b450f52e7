import { viewNumber } from '../../../writing/browser-window.ts'

/** A save that never reached the server, as this browser noticed it. */
type Attempt = { what: 'save'; at: string; why: 'offline'; form: string }

/** The world of a browser, as far as claims need it. */
export type Claiming = {
  /** What is not reported yet, in the storage of the browser. */
  read: () => Attempt[]
  write: (attempts: readonly Attempt[]) => void
  /** @returns whether the server took it, or never will */
  send: (attempt: Attempt) => Promise<boolean>
  /** Milliseconds since 1970, by the clock of the browser. */
  now: () => number
}

/**
 * Tells the server, once it can be reached again, when it could not be: one claim for each time, kept apart from what
 * the system knows itself. @returns to be called with whether anything waits for the server
 */
export function reporter({ read, write, send, now }: Claiming): (offline: boolean) => Promise<void> {
  let wasOffline = false
  let sending = false
  return async (offline) => {
    if (offline && !wasOffline) {
      write([
        ...read(),
        { what: 'save', at: new Date(now()).toISOString(), why: 'offline', form: viewNumber() }
      ])
    }
    wasOffline = offline
    if (offline || sending) return
    sending = true
    for (const attempt of read()) {
      if (!(await send(attempt))) break
      write(read().filter(({ form }) => form !== attempt.form))
    }
    sending = false
  }
}

const often = 5000 // not of a guide: milliseconds

/** Looks now and then whether a field waits for the server. */
export function reportAttempts(
  { application, person }: { application: string; person: string },
  isOffline: () => boolean
): void {
  const key = `kopa-attempts:${person}:${application}`
  const report = reporter({
    read: () => {
      try {
        return JSON.parse(localStorage.getItem(key) ?? '[]') as Attempt[]
      } catch {
        return []
      }
    },
    write: (attempts) => {
      try {
        if (attempts.length > 0) localStorage.setItem(key, JSON.stringify(attempts))
        else localStorage.removeItem(key)
      } catch {
        // Without storage nothing is claimed; what the server knows itself is on record all the same.
      }
    },
    send: (attempt) => post(application, attempt),
    now: () => performance.timeOrigin + performance.now()
  })
  setInterval(() => void report(isOffline()), often)
}

async function post(application: string, attempt: Attempt): Promise<boolean> {
  try {
    const { status } = await fetch(`/api/v1/applications/${encodeURIComponent(application)}/attempts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(attempt)
    })
    return status < 500 && status !== 401 && status !== 429
  } catch {
    return false
  }
}
