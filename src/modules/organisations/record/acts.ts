import { sections } from './sections.ts'

/** What a change of a record is called in its history; pages say it. */
export const acts = [
  'registered',
  'listed',
  'list-changed',
  'list-ended',
  ...sections.map((section) => `changed-${section}` as const),
  'changed-contacts',
  'changed-shown',
  'changed-logo',
  'domain-proved',
  'domain-proof-lost',
  'document-seen',
  'merged-from',
  'merged-into',
  'merge-undone'
] as const

export type Act = (typeof acts)[number]
