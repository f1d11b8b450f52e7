import { line } from '#shared/forms/fields.ts'

/**
 * What somebody is called. An address of a page or of a mailbox is refused: the name stands in mails to people who do
 * not know its owner, and must carry nothing there that can be followed.
 */
export const personName = () =>
  line(120).refine((name) => !/:\/\/|www\.|@/i.test(name), 'people.name-is-address')
