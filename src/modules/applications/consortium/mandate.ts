import type { Words } from '#shared/rules/vocabulary.ts'
import type { Language } from '#shared/texts/language.ts'
import type { ParticipantRole } from '../application.ts'
import texts from './mandate-texts.json' with { type: 'json' }
import type { SignaturesRead } from './signatures/signature.ts'

/** How a mandate came: signed in, by a mailed link, or as a document that was signed somewhere else. */
export type MandateWay = 'account' | 'link' | 'signed-outside'

/** What an officer found, who looked at a document. */
export type Verdict = 'holds' | 'does-not-hold'

/** What could be computed about a document that was signed somewhere else. */
export type OutsideFindings = {
  signatures: SignaturesRead
  /** Whether what was signed is, byte for byte, the mandate that was made here to be signed. */
  document: 'made-here' | 'another'
}

/** Where the mandate of a participant stands. The coordinator needs none: it writes for itself. */
export type MandateState =
  | 'not-needed'
  | 'missing'
  /** Given here, by somebody who signed in or had the mailed link. */
  | 'given'
  /** Signed outside: who is behind a certificate is not known here, so an officer has to look, whatever it says. */
  | 'to-confirm'
  | 'confirmed'
  | 'does-not-hold'

/** A text of a mandate, as it holds from a day on. A text that was used is never changed: another takes its place. */
export type MandateText = {
  id: string
  role: Exclude<ParticipantRole, 'coordinator'>
  /** ISO day. */
  from: string
  title: Words
  paragraphs: Words[]
}

/** What stands in the places of a text. */
export type MandateSays = {
  partner: string
  coordinator: string
  title: string
  application: string
  call: string
}

export const mandateTexts = texts as readonly MandateText[]

/** The text for a role on a day: of those that had begun, the newest. @param day ISO day */
export function mandateTextFor(role: ParticipantRole, day: string): MandateText {
  const meant = mandateTexts.filter((text) => text.role === role && text.from <= day)
  const found = meant.sort((one, other) => other.from.localeCompare(one.from))[0]
  if (!found) throw new Error(`There is no mandate for a ${role} on ${day}.`)
  return found
}

/** The text as somebody reads it, every place filled in. */
export function mandateWords(
  { title, paragraphs }: MandateText,
  language: Language,
  says: MandateSays
): { title: string; paragraphs: string[] } {
  const fill = (words: Words) =>
    words[language].replace(/\{(\w+)\}/g, (place, name: string) => says[name as keyof MandateSays] ?? place)
  return { title: fill(title), paragraphs: paragraphs.map(fill) }
}

/**
 * Where a mandate stands; undefined: there is none in force. Anybody can make a certificate in anybody's name, and no
 * list of trusted issuers is asked: what was computed about a signature helps an officer and never takes their place.
 */
export function mandateStateOf(
  role: ParticipantRole,
  mandate: { way: MandateWay; verdict: Verdict | null } | undefined
): MandateState {
  if (role === 'coordinator') return 'not-needed'
  if (!mandate) return 'missing'
  if (mandate.way !== 'signed-outside') return 'given'
  if (mandate.verdict === null) return 'to-confirm'
  return mandate.verdict === 'holds' ? 'confirmed' : 'does-not-hold'
}

/** Whether it stands without anybody having to look at it. */
export function mandateHolds(state: MandateState): boolean {
  return state !== 'missing' && state !== 'does-not-hold' && state !== 'to-confirm'
}
