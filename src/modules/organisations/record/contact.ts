/** What somebody is asked about at an organisation. */
export const contactPurposes = ['general', 'projects', 'mobility', 'legal', 'accounts'] as const

export type ContactPurpose = (typeof contactPurposes)[number]

/** Whom to ask. At least one of name, address and telephone is there. */
export type Contact = {
  purpose: ContactPurpose
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  /** Whether everybody may see it; otherwise only the organisation's own people and officers. */
  shown: boolean
}

export const mostContacts = 10

/** Whether two lists of contacts say the same. */
export function sameContacts(some: readonly Contact[], others: readonly Contact[]): boolean {
  const plain = (contacts: readonly Contact[]) =>
    JSON.stringify(
      contacts.map(({ purpose, name, email, phone, shown }) => [purpose, name, email, phone, shown])
    )
  return plain(some) === plain(others)
}
