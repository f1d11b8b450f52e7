import type { Temporal } from 'temporal-polyfill'
import { notNow, type Refused } from '#shared/forms/refused.ts'
import { hasCome, isInTime } from '#shared/time/deadline.ts'

/** What people decided about a call. Between publishing and assessment the clock decides where it stands. */
export type Stage = 'draft' | 'in-review' | 'published' | 'in-assessment' | 'decided' | 'archived'

/** Something that was done to a call: who, and when by the database's clock. */
export type StepName =
  | 'drafted'
  | 'sent'
  | 'sent-back'
  | 'taken-back'
  | 'published'
  | 'corrected'
  | 'assessment-begun'
  | 'decided'
  | 'archived'

export type Step = {
  step: StepName
  by: string
  at: Temporal.Instant
  /** The revision as it stood then. */
  revision: number
  remarks: string | null
}

/** When a published call takes applications. */
export type OpenFrom = { opensAt: Temporal.Instant; closesAt: Temporal.Instant }

/** Where a call stands, in the order in which it gets there. */
export const callStates = [
  'draft',
  'in-review',
  'published',
  'open',
  'closed',
  'in-assessment',
  'decided',
  'archived'
] as const
export type CallState = (typeof callStates)[number]

/** The states that everybody may see. An archived call is public if it was published once. */
export const publicStates = ['published', 'open', 'closed', 'in-assessment', 'decided', 'archived'] as const
export type PublicState = (typeof publicStates)[number]

/** Where a call stands now. `published`: its opening is still ahead. */
export function stateOf(stage: Stage, period: OpenFrom | undefined, now: Temporal.Instant): CallState {
  if (stage !== 'published' || !period) return stage
  if (!hasCome(period.opensAt, now)) return 'published'
  return isInTime(now, period.closesAt) ? 'open' : 'closed'
}

/** What may be done to a call, from which states, and where it leads. */
const moves = {
  sent: { from: ['draft'], to: 'in-review' },
  'taken-back': { from: ['in-review'], to: 'draft' },
  'sent-back': { from: ['in-review'], to: 'draft' },
  published: { from: ['in-review'], to: 'published' },
  corrected: { from: ['published', 'open', 'closed'], to: 'published' },
  'assessment-begun': { from: ['closed'], to: 'in-assessment' },
  decided: { from: ['in-assessment'], to: 'decided' },
  // A draft that leads nowhere is put away, too; nothing is deleted.
  archived: { from: ['draft', 'decided'], to: 'archived' }
} as const satisfies Record<string, { from: readonly CallState[]; to: Stage }>

export type Move = keyof typeof moves

export const moveNames = Object.keys(moves) as Move[]

/** Whether a call may make a move from where it stands. */
export function mayMove(state: CallState, move: Move): boolean {
  return (moves[move].from as readonly CallState[]).includes(state)
}

/** Takes a step: where the call stands afterwards, or why it cannot be taken now. */
export function move(state: CallState, name: Move): { stage: Stage } | Refused {
  return mayMove(state, name) ? { stage: moves[name].to } : notNow(`calls.not-now.${name}`)
}

/**
 * Who wrote what lies for review: whoever saved it, began it or sent it, who sent it last at the end.
 * @param savedBy who saved revisions of it
 */
export function authorsOf(steps: readonly Step[], savedBy: readonly string[]): string[] {
  const last = steps.findLastIndex(({ step }) => step === 'published' || step === 'corrected')
  const own = steps.slice(last + 1)
  const sender = own.findLast(({ step }) => step === 'sent')?.by
  const began = own.filter(({ step }) => step === 'drafted' || step === 'sent').map(({ by }) => by)
  const others = [...new Set([...savedBy, ...began])].filter((person) => person !== sender)
  return sender === undefined ? others : [...others, sender]
}
