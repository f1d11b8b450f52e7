import type { Field, ParticipantRole } from '#modules/programmes'

/** Where an application stands. A submitted one that is taken back is a draft again. */
export type ApplicationState = 'draft' | 'submitted' | 'withdrawn'

export type { ParticipantRole }

/** How far an organisation is in it: asked, agreed, refused, or gone after it had agreed. */
export type ParticipantState = 'invited' | 'accepted' | 'declined' | 'left'

/** An organisation in a consortium. */
export type Participant = {
  id: string
  /** Its place in the consortium; 0 is the coordinator. */
  position: number
  role: ParticipantRole
  /** Its record in the register; null while it is known only by name and address. */
  organisation: string | null
  name: string
  /** ISO 3166-1 alpha-2. */
  country: string
  state: ParticipantState
  /** Its own part, or all of the form. The coordinator always edits all. */
  edits: 'own' | 'all'
}

/** An application without its content: all that decides who may do what. */
export type Outline = {
  id: string
  /** What stands in addresses and what people quote: 2026-lv-viaa-3-7kq2x. */
  code: string
  /** The code of the call. */
  call: string
  edition: number
  action: string
  field: Field
  /** In which it is written. */
  language: string
  title: string
  /** The terms of its call that it is written under, and the version of the form by these. */
  terms: string
  formVersion: number
  state: ApplicationState
  /** Goes up with every change of what stands here. */
  outline: number
  /** Those who take part, in their order; who declined or left is not among them. */
  participants: Participant[]
}

/** Whether something can be the code or the id of an application: what cannot is asked of nobody. */
export function canNameApplication(name: string): boolean {
  return /^[A-Za-z0-9-]{1,120}$/.test(name)
}

/** What stands in one field of the form. */
export type Answer = {
  path: string
  /** Of questions that are answered by a text. */
  text?: string
  /** Of all others, as JSON. */
  value?: unknown
  /** Counted from 1; a save names the version that it saw. */
  version: number
  /** Characters as people see them. */
  length: number
}

/** The coordinator of an application. */
export function coordinatorOf({ participants }: Outline): Participant {
  const coordinator = participants.find(({ role }) => role === 'coordinator')
  if (!coordinator) throw new Error('An application has a coordinator.')
  return coordinator
}
