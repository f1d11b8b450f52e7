import { type ActionView, lifecycleFact, type Programmes, showAction } from '#server/programmes'
import type { CallTerms } from './call.ts'
import type { BodyKind, GuideTimes } from './deadline-rules.ts'

type Holding = { programmes: Programmes }

/** Everything that the guide says about the actions that a call opens. Actions it does not know are left out. */
export function guideOf(app: Holding, edition: number, actions: CallTerms['actions']): ActionView[] {
  return actions.flatMap(({ action }) => showAction(app, action, edition) ?? [])
}

/** What the guide says about the time of a call of a body. */
export function guideTimes(
  app: Holding,
  edition: number,
  actions: CallTerms['actions'],
  body: BodyKind
): GuideTimes {
  const deadlines = guideOf(app, edition, actions).map((view) => [view.action, view.deadlines] as const)
  return { deadlines: new Map(deadlines), hour: usualHour(app, edition, body) }
}

/** The hour at which the deadlines of a kind of body fall in an edition. */
function usualHour(app: Holding, edition: number, body: BodyKind): string | undefined {
  if (body === 'other') return undefined
  // A new guide may not have said it yet: then it is as it was the year before.
  const fact =
    lifecycleFact(app, 'deadline-hour', edition) ?? lifecycleFact(app, 'deadline-hour', edition - 1)
  const hour = fact?.values?.[body]
  return typeof hour === 'string' ? hour : undefined
}

/** How a kind of body has applications assessed, as far as the edition's facts say: what a new call begins with. */
export function usualExperts(app: Holding, edition: number, body: BodyKind): CallTerms['assessment'] {
  const values = (id: string) => lifecycleFact(app, id, edition)?.values ?? {}
  const plan = { consolidation: 'agreed' as const, thresholdPoints: null, thirdExpert: null }
  const national = values('experts-national-agency')
  if (body === 'national-agency' && typeof national['up-to-eur'] === 'number') {
    const [few, many] = [national['experts-up-to'], national['experts-above']] as [number, number]
    return {
      ...plan,
      experts: [
        { upToCents: national['up-to-eur'] * 100, experts: few },
        { upToCents: null, experts: many }
      ]
    }
  }
  const executive = values('experts-executive-agency')
  if (body === 'executive-agency' && typeof executive.experts === 'number') {
    const above = executive['third-expert-above-points']
    return {
      ...plan,
      experts: [{ upToCents: null, experts: executive.experts }],
      thirdExpert: typeof above === 'number' ? { abovePoints: above, unlessBothBelowThreshold: true } : null
    }
  }
  return { ...plan, experts: [] }
}
