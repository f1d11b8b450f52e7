import { error } from '@sveltejs/kit'

// Whoever is not signed in gives small files only: a consortium to check, a receipt. The server holds a body whole in
// memory, and nobody unknown may fill it.
const largestOfStrangers = 7_000_000 // not of a guide: bytes

/** Whether a body is longer than what is read of somebody who is not signed in. */
export function isTooLongOfStranger({ body, headers }: Request): boolean {
  // A browser always says how long it is; whoever does not is not one.
  return body !== null && Number(headers.get('content-length') ?? Infinity) > largestOfStrangers
}

/** The same request, with an error in place of its body: whoever reads it answers that it is too large. */
export function unread({ url, method, headers }: Request): Request {
  const body = new ReadableStream({
    pull(controller) {
      try {
        error(413)
      } catch (tooLarge) {
        controller.error(tooLarge)
      }
    }
  })
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit)
}
