import type { Temporal } from 'temporal-polyfill'
import type { Language } from '../texts/language.ts'

/** A place on this site (/lv/people/…; the address of the site is put in front when it is sent), or https://… */
export type MailHref = `/${string}` | `https://${string}`

/** What a mail says: plain texts; the look is the same for all (render-mail.ts). */
export type MailContent = {
  /** A text, or a list of texts. */
  paragraphs: readonly (string | { readonly items: readonly string[] })[]
  /** The one thing to do now, as a button. */
  link?: { label: string; href: MailHref }
  /**
   * For notices that somebody follows. `href` is a page where they stop it; `oneClick` an address (of the API) that
   * stops it by a bare POST, for the button that mail programs show (RFC 8058).
   */
  unsubscribe?: { href: MailHref; oneClick?: MailHref }
}

/** A mail to one person, in their language: const t = texts(language) makes its subject and paragraphs. */
export type Mail = MailContent & {
  /** One checked address, without a name. */
  to: string
  language: Language
  /** module.what-for, such as people.confirm-address. */
  kind: string
  subject: string
  /** Whose mail this is: it goes with the person's data. */
  person?: string
  /**
   * The link lets one into an account, or answers in somebody's name without one: nobody else may read it, and it is
   * erased once it is sent.
   */
  opens?: 'account'
  /** A link that ends at some time need not arrive after it. */
  worthlessAfter?: Temporal.Instant
}
