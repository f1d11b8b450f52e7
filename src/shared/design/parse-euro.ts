/** Whole cents as they are typed: 1234,50; without cents where there are none. */
export function euroTyped(cents: number): string {
  return (cents / 100).toFixed(2).replace('.', ',').replace(/,00$/, '')
}

/**
 * Reads an amount in euro as people type it, in Latvian or in English: 12 500,50 · 12,500.50 · 12.500,50 · €980 000.
 * A single sign before exactly three last digits groups thousands (12,500 and 12.500 are twelve thousand five
 * hundred); before one or two digits it begins the cents.
 * @returns whole cents; 'empty' when nothing was typed; 'not-money' for anything else
 */
export function parseEuro(typed: string): { cents: number } | 'empty' | 'not-money' {
  const text = typed.replace(/euro|eiro|eur|€/gi, '').trim()
  if (text === '') return typed.trim() === '' ? 'empty' : 'not-money'
  const match =
    /^(\d{1,3}(?:(?<sign>[\s\u00a0\u202f'’.,])\d{3}(?:\k<sign>\d{3})*)?|\d+)(?:[.,](\d{1,2}))?$/.exec(text)
  if (!match) return 'not-money'
  const [, whole = '', , cents = ''] = match
  // The sign that groups cannot also begin the cents: 1,234,50 is a slip, not an amount.
  if (match.groups?.sign && cents && text.at(-cents.length - 1) === match.groups.sign) return 'not-money'
  const value = Number(whole.replace(/\D/g, '')) * 100 + Number(cents.padEnd(2, '0'))
  return Number.isSafeInteger(value) ? { cents: value } : 'not-money'
}
