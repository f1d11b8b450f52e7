/** How somebody advised. */
export const adviceWays = ['meeting', 'call', 'letter', 'event', 'visit'] as const
export type AdviceWay = (typeof adviceWays)[number]

/** Advice that was given to an organisation, as far as a decision needs it. */
export type Advice = {
  id: string
  body: string
  unit: string | null
  organisation: string
  /** people.person */
  advisor: string
  /** Day, YYYY-MM-DD. */
  on: string
  how: AdviceWay
  /** null: about several, or about none in particular. */
  action: string | null
  edition: number
  /** calls.call; null: about no call in particular. */
  call: string | null
  topic: string
}

/** What is to be assessed or decided. */
export type UnderDecision = {
  /** Everybody who applies together. */
  organisations: readonly string[]
  action: string
  edition: number
  call?: string | undefined
}

/** Why somebody may neither assess nor decide. */
export type Bar = { because: 'advised'; advice: Advice }

/**
 * Whoever advised an applicant can neither assess nor decide what it applies with. Advice about another edition,
 * another action or another call does not bar; advice that names no action or no call bars for all of its edition.
 * @param person who would assess or decide
 * @param advice what is booked and was not struck
 * @returns why they may not; undefined: no advice stands in the way
 */
export function mayNotDecide(
  person: string,
  { organisations, action, edition, call }: UnderDecision,
  advice: readonly Advice[]
): Bar | undefined {
  const given = advice.find(
    (one) =>
      one.advisor === person &&
      organisations.includes(one.organisation) &&
      one.edition === edition &&
      (one.action === null || one.action === action) &&
      (one.call === null || call === undefined || one.call === call)
  )
  return given && { because: 'advised', advice: given }
}
