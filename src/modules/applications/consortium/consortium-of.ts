import { foldName, longestName } from '#modules/programmes'
import type { Answer, Outline, Participant } from '../application.ts'

/** What is known of an organisation, by the register or by itself. Left out: nobody said. */
export type KnownFacts = {
  country?: string | undefined
  type?: string | undefined
  nonProfit?: boolean | undefined
  charter?: true | undefined
  establishedOn?: string | undefined
  europeanNgo?: boolean | undefined
  functions?: readonly string[] | undefined
}

type WrittenPartner = { name: string; country: string } & Record<string, unknown>

/** A consortium as somebody would write it into a file: read by the reader of such files, so that both check alike. */
export type WrittenConsortium = {
  field: string
  durationMonths?: number
  grantEur?: number
  partners: WrittenPartner[]
  answers: Record<string, unknown>
}

/**
 * The consortium of a draft as the rules see it: those who agreed and those who are asked, each organisation once.
 * What nobody said stays unknown.
 * @param facts by participant
 */
export function consortiumOf(
  outline: Outline,
  facts: ReadonlyMap<string, KnownFacts>,
  answers: ReadonlyMap<string, Answer>
): WrittenConsortium {
  const months = answers.get('project.duration-months')?.value
  const grant = (answers.get('budget.lump-sum') ?? answers.get('budget.requested-grant'))?.value
  return {
    field: outline.field,
    ...(typeof months === 'number' && { durationMonths: months }),
    // Money of a form is in cents, that of the rules in whole euros.
    ...(typeof grant === 'number' && { grantEur: Math.floor(grant / 100) }), // not of a guide: cents of a euro
    partners: toldApart(eachOnce(outline.participants).map((one) => partnerOf(one, facts.get(one.id) ?? {}))),
    answers: answersTo('eligibility', answers)
  }
}

function partnerOf(participant: Participant, known: KnownFacts): WrittenPartner {
  const { charter, establishedOn, nonProfit, europeanNgo, functions } = known
  return {
    name: participant.name,
    country: known.country ?? participant.country,
    type: known.type ?? null,
    role: participant.role,
    ...(functions && functions.length > 0 && { functions: [...functions] }),
    // A university may hold a charter that its record does not know of yet.
    charter: charter ?? (known.type === 'higher-education-institution' ? null : undefined),
    establishedOn: establishedOn ?? null,
    nonProfit: nonProfit ?? null,
    ...(europeanNgo !== undefined && { europeanNgo })
  }
}

/** Two participants that the register knows as one organisation by now count once, where the first of them stands. */
export function eachOnce(participants: readonly Participant[]): Participant[] {
  return participants.filter(
    ({ organisation }, at) =>
      organisation === null || participants.findIndex((one) => one.organisation === organisation) === at
  )
}

/**
 * Different organisations whose names the reader would take for one: a number tells them apart. Who they are is known
 * here by other means than their names.
 */
function toldApart(partners: readonly WrittenPartner[]): WrittenPartner[] {
  const taken = new Set<string>()
  return partners.map((one) => {
    for (let number = 1; ; number++) {
      const name = numbered(one.name, number)
      const key = `${one.country} ${foldName(name)}`
      if (taken.has(key)) continue
      taken.add(key)
      return { ...one, name }
    }
  })
}

/** A name with its number, the first without one; never longer than the reader takes. */
function numbered(name: string, number: number): string {
  const end = number === 1 ? '' : ` (${number})`
  return [...name].slice(0, longestName - end.length).join('') + end
}

/** What is answered to the questions of a section, by their ids. */
function answersTo(section: string, answers: ReadonlyMap<string, Answer>): Record<string, unknown> {
  const given: [string, unknown][] = []
  for (const { path, value } of answers.values()) {
    const question = path.startsWith(`${section}.`) ? path.slice(section.length + 1) : undefined
    if (question !== undefined && value !== undefined && value !== null) given.push([question, value])
  }
  return Object.fromEntries(given)
}
