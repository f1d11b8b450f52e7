import type { ApplicationForm, FormQuestion, FormSection } from '#modules/programmes'
import type { ConcernReport } from '#server/programmes'
import type { Missing } from '#shared/rules/findings.ts'
import type { Participant } from '../application.ts'
import { writePath } from '../path.ts'
import { type KnownFacts, eachOnce } from './consortium-of.ts'
import { derivedFrom } from './derived-answers.ts'

/** What is known around a check: the form with what it asks now, who takes part, and what is known of them. */
export type Around = {
  form: ApplicationForm
  /** The paths of all that is asked now. */
  asked: ReadonlySet<string>
  participants: readonly Participant[]
  facts: ReadonlyMap<string, KnownFacts>
}

/** Where something that a rule turns on is told, and by whom. */
export type Told =
  /** By an answer of the form. */
  | { by: 'form'; section: FormSection; question: FormQuestion; path: string }
  /** By an organisation, of itself; of one that is in no register, or has nobody here, the coordinator tells it. */
  | { by: 'participant'; participant: Participant }
  /** By something that those who apply cannot tell here: a register, or an assessor. `mend` is the nearest page. */
  | { by: 'others'; mend: string }

type Concern = Missing | ConcernReport

/** What an unreadable value is, as something that rules turn on; undefined for one of an organisation. */
export function concernAt(path: string): Concern | undefined {
  const key = /^answers\.(.+)$/.exec(path)?.[1]
  if (key !== undefined) return { of: 'answer', key }
  return path === 'durationMonths' || path === 'grantEur' ? { of: 'value', name: path } : undefined
}

/** Where something that a rule turns on is told. What was told and leaves it open still, nobody here can tell. */
export function toldBy(concern: Concern, around: Around): Told {
  switch (concern.of) {
    case 'partner':
      return toldOf(concern, around)
    case 'answer':
      return (
        asked(around, (section, { id }) => section.id === 'eligibility' && id === concern.key) ?? {
          by: 'others',
          mend: derivedFrom[concern.key] ?? 'consortium'
        }
      )
    case 'value':
      return (
        asked(around, (_section, { about }) => about === concern.name) ?? {
          by: 'others',
          mend: concern.name === 'grantEur' ? 'budget' : 'consortium'
        }
      )
    case 'field':
      return { by: 'others', mend: '' }
  }
}

/** The question of the whole application that is asked now and fits. */
function asked(
  { form, asked }: Around,
  fits: (section: FormSection, question: FormQuestion) => boolean
): Told | undefined {
  for (const section of form.sections) {
    if (section.of !== 'application' || section.repeats) continue
    for (const question of section.questions) {
      const path = writePath({ section: section.id, question: question.id })
      if (asked.has(path) && fits(section, question)) return { by: 'form', section, question, path }
    }
  }
  return undefined
}

function toldOf(concern: Concern & { of: 'partner' }, { participants, facts }: Around): Told {
  const participant = eachOnce(participants)[concern.partner]
  if (!participant) return { by: 'others', mend: 'consortium' }
  return isUntold(concern.what, facts.get(participant.id) ?? {})
    ? { by: 'participant', participant }
    : { by: 'others', mend: `consortium/${participant.id}` }
}

/** Whether an organisation has yet to say something that it can say of itself. */
function isUntold(
  what: (ConcernReport & { of: 'partner' })['what'],
  { type, functions, nonProfit, establishedOn, europeanNgo }: KnownFacts
): boolean {
  switch (what) {
    case 'kind':
      // Of a type that can be several things, what it does decides.
      return type === undefined || functions === undefined
    case 'public':
      return type === undefined
    case 'non-profit':
      return nonProfit === undefined
    case 'age':
      return establishedOn === undefined
    case 'european-ngo':
      return europeanNgo === undefined
    // A charter stands in its own register; country and role are known of everybody.
    case 'charter':
    case 'country':
    case 'coordinator-country':
    case 'role':
      return false
  }
}

/** Where it is told, from the pages of the application. */
export function mendOf(told: Told): string {
  if (told.by === 'participant') return `consortium/${told.participant.id}#facts`
  return told.by === 'others' ? told.mend : `sections/${told.section.id}#${told.path}`
}
