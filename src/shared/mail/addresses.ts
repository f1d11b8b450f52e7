/** One plain mail address: no name, no list, nothing that would end a header or a command. */
export const oneAddress = /^[^\s<>(),;:"@\\\p{Cc}\p{Cf}]+@[^\s<>(),;:"@\\\p{Cc}\p{Cf}]+$/u

/** The longest that a mail server must take (RFC 5321). */
export const longestAddress = 254

// Controls would break out of a header; marks of direction would let a name turn the words around it.
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu
const longestSubject = 200

/** A subject may hold what people typed: without line breaks and marks of direction, and not endless. */
export function inOneLine(subject: string): string {
  const line = subject.replace(invisible, ' ').replace(/ {2,}/g, ' ').trim()
  const characters = [...line]
  return characters.length > longestSubject ? `${characters.slice(0, longestSubject - 1).join('')}…` : line
}
