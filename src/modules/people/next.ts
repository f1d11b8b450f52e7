/**
 * Where somebody goes after signing in: the place they came from, if it is one of this site.
 * An address of another site, or one that a browser would take for one (//elsewhere, /\elsewhere), is not followed.
 * @param otherwise where to go without
 */
export function safeNext(asked: unknown, otherwise: string): string {
  if (typeof asked !== 'string' || asked.length > 2000 || !asked.startsWith('/')) return otherwise
  // Resolved as a browser would, against an origin that nobody has.
  const here = 'https://here.invalid'
  if (!URL.canParse(asked, here)) return otherwise
  const { origin, pathname, search, hash } = new URL(asked, here)
  // '/.//elsewhere' resolves to '//elsewhere', which leads away where it is followed.
  if (origin !== here || pathname.startsWith('//')) return otherwise
  return pathname + search + hash
}

/** The same address with `next` taken along, where there is somewhere to go. */
export function withNext(address: string, next: string | undefined): string {
  if (!next) return address
  return `${address}${address.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`
}
