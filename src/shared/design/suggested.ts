/** Something that may be meant, while somebody types. */
export type Suggested = { href: string; label: string; beside: string }
