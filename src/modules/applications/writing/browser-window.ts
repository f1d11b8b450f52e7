/** The windows of a browser: what one keeps is known by its number, and is offered when it is gone (decision 136). */

/** A number for this window of a browser: what it keeps and where its cursor stands is known by it. */
export function viewNumber(): string {
  return crypto.randomUUID?.() ?? uuidOf(crypto.getRandomValues(new Uint8Array(16)))
}

// Pages that did not come over https have no randomUUID.
function uuidOf(bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The time by the clock of this browser, in whole milliseconds since 1970. */
export const browserTime = () => Math.round(performance.timeOrigin + performance.now())

const windowName = (view: string) => `kopa-window:${view}`

/**
 * Says that this window is there, for as long as it is: its browser lets go of the lock when it dies.
 * @returns to be called when the page is left and its window goes on with another
 */
export function standAsWindow(view: string): () => void {
  let leave = () => {}
  const stays = new Promise<void>((end) => (leave = end))
  void navigator.locks?.request(windowName(view), () => stays)
  return leave
}

/** How often a window writes down what it has and could not save. */
export const keptEvery = 5000 // not of a guide: milliseconds
/** Three times that: after it, a window that wrote nothing is taken for gone where nothing else says so. */
export const abandonedAfter = 15_000 // not of a guide: milliseconds

/** Which windows are gone: a question about the number of one and the time at which it last wrote something down. */
export async function goneWindows(): Promise<(view: string, at: number) => boolean> {
  const held = (await navigator.locks?.query())?.held
  // A page that did not come over https has no locks.
  if (!held) return (_view, at) => browserTime() - at >= abandonedAfter
  const open = new Set(held.map(({ name }) => name))
  return (view) => !open.has(windowName(view))
}
