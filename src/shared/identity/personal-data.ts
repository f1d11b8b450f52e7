import type { Database } from '../database/index.ts'
import type { JsonObject } from '../audit/canonical-json.ts'
import type { Problem } from '../forms/refused.ts'
import type { TextKey } from '../texts/language.ts'

/** On what ground something is kept (GDPR, article 6(1)): agreed to, needed for what was asked, law, public task. */
export type LegalBasis = 'consent' | 'contract' | 'law' | 'public-task' | 'legitimate-interest'

/** Something that is kept about people, in words for them. */
export type Kept = {
  what: TextKey
  why: TextKey
  basis: LegalBasis
  howLong: TextKey
}

/** Something that people may agree to, and take back. A new wording is a new version: it is asked for anew. */
export type Consent = {
  /** module.what, such as people.news. */
  id: string
  version: string
  /** The very sentence that is agreed to; a text without arguments. */
  says: TextKey
}

/** Something that stays when somebody is erased, and why. */
export type Stays = { what: TextKey; why: TextKey; args?: Readonly<Record<string, string | number>> }

/**
 * What a module keeps about people. Each module with such data exports one as `personalData`, in its
 * personal-data.ts; src/personal-data.ts lists them all. Pages, export and erasure are made of that list.
 */
export type PersonalData = {
  /** The module, and the key of its part of an export. */
  module: string
  name: TextKey
  keeps: readonly Kept[]
  consents?: readonly Consent[]
  /** Everything the module knows of somebody, for them: plain JSON, with moments as ISO text and no secrets. */
  exports: (database: Database, person: string) => Promise<JsonObject>
  /** What would stay, as things stand; it is shown before anything is erased. */
  stays: (database: Database, person: string) => Promise<readonly Stays[]>
  /** Why somebody cannot be erased yet, and what to do first; undefined: they can. */
  hinders?: (database: Database, person: string) => Promise<Problem | undefined>
  /** Erases what may be erased, in the transaction of the whole erasure. */
  erases: (transaction: Database, person: string) => Promise<void>
}
