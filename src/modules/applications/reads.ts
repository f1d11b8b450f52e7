import type { Temporal } from 'temporal-polyfill'
import { callTaking } from '#server/calls'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { accessOf, ofTheConsortium, refusedUnlessAgreed } from './access.ts'
import type { Outline, Participant } from './application.ts'
import { givenFile } from './attachments/given-file.ts'
import { isOfApplication } from './attachments/used-by.server.ts'
import { type BudgetAtWork, budgetOfDraft } from './budget/budget-at-work.server.ts'
import { officialReceiptsOf } from './copies/official-receipts.server.ts'
import { type Draft, openDraft } from './draft.server.ts'
import { findOutline, outlinesOfOrganisations } from './outline.server.ts'
import { numbersStanding } from './submission/submissions-store.server.ts'
import { type Colleague, colleaguesOf } from './writing/discussed.server.ts'
import { type Discussion, type Waiting, discussionOf, waitingFor } from './writing/discussion.server.ts'
import { fieldNow } from './writing/field-now.server.ts'
import { type Span, answerAtVersion, spansOf } from './writing/history.server.ts'
import { type Holding as Live, openStream } from './writing/stream.server.ts'
import type { FieldNow } from './writing/wire.ts'

export const permissions = {
  myApplications: ['person'],
  draftAtWork: ofTheConsortium,
  attachmentOf: ofTheConsortium,
  officialReceiptFile: ofTheConsortium,
  budgetAtWork: ofTheConsortium,
  fieldOfDraft: ofTheConsortium,
  liveApplication: ofTheConsortium,
  discussionInDraft: ofTheConsortium,
  colleaguesInDraft: ofTheConsortium,
  historyOfField: ofTheConsortium,
  answerOfVersion: ofTheConsortium,
  // One's own only.
  tasksForMe: ['person']
} as const

/** An application in the list of one of its organisations. */
export type OwnApplication = {
  outline: Outline
  /** The part of the organisation in it. */
  participant: Participant
  call: { title: Readonly<Record<string, string>>; closesAt: Temporal.Instant; open: boolean }
  /** The number of the submission that counts, also while it is taken back to write on. */
  counts: number | undefined
}

/** An organisation that somebody works for, with the applications that it takes part in, those begun last first. */
export type OwnApplications = {
  organisation: string
  /** The role held (people.role), to switch to it. */
  role: string
  /** Whether it is the one they act for. */
  acting: boolean
  applications: OwnApplication[]
}

/** The applications of all organisations that the caller works for, that of the role they act in first. */
export async function myApplications(
  app: { database: Database; clock: () => Temporal.Instant },
  caller: Caller
): Promise<OwnApplications[] | Refused> {
  const no = refusalFor(caller, permissions.myApplications)
  if (no || !isSignedIn(caller)) return no ?? []
  const held = new Map<string, { role: string; acting: boolean }>()
  for (const role of caller.roles) {
    if (!('organisation' in role)) continue
    const acting = role.id === caller.acting?.id
    if (acting || !held.has(role.organisation)) held.set(role.organisation, { role: role.id, acting })
  }
  const outlines = await outlinesOfOrganisations(app.database, [...held.keys()])
  const calls = new Map(
    await Promise.all(
      [...new Set(outlines.map(({ call }) => call))].map(
        async (code) => [code, await callTaking(app, code)] as const
      )
    )
  )
  const numbers = await numbersStanding(
    app.database,
    outlines.map(({ id }) => id)
  )
  return [...held]
    .map(([organisation, { role, acting }]) => ({
      organisation,
      role,
      acting,
      applications: outlines.flatMap((outline): OwnApplication[] => {
        const participant = outline.participants.find((one) => one.organisation === organisation)
        const call = calls.get(outline.call)
        if (!participant || !call) return []
        const { title, closesAt, state } = call
        const open = state === 'open'
        return [{ outline, participant, call: { title, closesAt, open }, counts: numbers.get(outline.id) }]
      })
    }))
    .toSorted((one, other) => Number(other.acting) - Number(one.acting))
}

/** An application as one of its people opens it, to read or to write. */
export async function draftAtWork(
  app: { database: Database },
  caller: Caller,
  code: string
): Promise<Draft | Refused> {
  return openDraft(app, caller, code)
}

/** The file of a receipt of an official system, for somebody of the consortium. */
export async function officialReceiptFile(
  app: { database: Database },
  caller: Caller,
  code: string,
  receipt: string
): Promise<string | Refused> {
  const draft = await openDraft(app, caller, code)
  if (isRefused(draft)) return draft
  const filed = await officialReceiptsOf(app.database, draft.outline.id)
  return filed.find(({ id }) => id === receipt)?.file ?? refused('not-found')
}

/**
 * The file that stands as the answer at a path, for somebody of the consortium. Only what was given to this
 * application counts, whatever an answer names.
 */
export async function attachmentOf(
  app: { database: Database },
  caller: Caller,
  code: string,
  path: string
): Promise<string | Refused> {
  const draft = await openDraft(app, caller, code)
  if (isRefused(draft)) return draft
  const given = givenFile(draft.answers.get(path)?.value)
  if (!given || !(await isOfApplication(app.database, given.file, draft.outline.id))) {
    return refused('not-found')
  }
  return given.file
}

/** The budget of an application, for somebody of its consortium. */
export async function budgetAtWork(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string
): Promise<(Draft & BudgetAtWork) | Refused> {
  const draft = await openDraft(app, caller, application)
  return isRefused(draft) ? draft : { ...draft, ...(await budgetOfDraft(app, draft)) }
}

/**
 * A field of a draft as it stands now.
 * @param since a version: what leads its text to the one that stands comes along
 */
export async function fieldOfDraft(
  app: { database: Database },
  caller: Caller,
  application: string,
  path: string,
  since?: number
): Promise<FieldNow | Refused> {
  return fieldNow(app, caller, { application, path }, since)
}

/** What happens in an application, as server-sent events. @param headers of the request: the caller is asked again */
export async function liveApplication(
  app: Live,
  caller: Caller,
  application: string,
  headers: Headers
): Promise<ReadableStream<Uint8Array> | Refused> {
  return openStream(app, caller, application, headers)
}

/** What people say to each other about a draft. @param path of a field or a section, to narrow it */
export async function discussionInDraft(
  { database }: { database: Database },
  caller: Caller,
  application: string,
  path?: string
): Promise<Discussion | Refused> {
  const outline = await outlineOfAgreed(database, caller, application)
  return isRefused(outline) ? outline : discussionOf(database, outline, path)
}

/** Who works for the organisations of a draft: whom one can name in a comment, and ask to write a part. */
export async function colleaguesInDraft(
  { database }: { database: Database },
  caller: Caller,
  application: string
): Promise<Pick<Colleague, 'id' | 'name' | 'participant'>[] | Refused> {
  const outline = await outlineOfAgreed(database, caller, application)
  if (isRefused(outline)) return outline
  const colleagues = await colleaguesOf(database, outline)
  return [...colleagues.values()].map(({ id, name, participant }) => ({ id, name, participant }))
}

/** Who wrote what in a field, the newest first; with `before`, what came before that version. */
export async function historyOfField(
  { database }: { database: Database },
  caller: Caller,
  application: string,
  path: string,
  before?: number
): Promise<Span[] | Refused> {
  const outline = await outlineOfAgreed(database, caller, application)
  return isRefused(outline) ? outline : spansOf(database, { application: outline.id, path }, before)
}

/** A field as it stood at a version. `now` is the newest one. */
export async function answerOfVersion(
  { database }: { database: Database },
  caller: Caller,
  application: string,
  path: string,
  version: number
): Promise<NonNullable<Awaited<ReturnType<typeof answerAtVersion>>> | Refused> {
  const outline = await outlineOfAgreed(database, caller, application)
  if (isRefused(outline)) return outline
  return (await answerAtVersion(database, { application: outline.id, path }, version)) ?? refused('not-found')
}

/** What the caller was asked to write, and where they are named, in all drafts. */
export async function tasksForMe(
  { database }: { database: Database },
  caller: Caller
): Promise<Waiting[] | Refused> {
  const no = refusalFor(caller, permissions.tasksForMe)
  if (no || !isSignedIn(caller)) return no ?? []
  const organisations = caller.roles.flatMap((role) => ('organisation' in role ? role.organisation : []))
  return waitingFor(database, caller.person, organisations)
}

/** The outline of an application for somebody of its consortium who has agreed to take part. */
async function outlineOfAgreed(
  database: Database,
  caller: Caller,
  codeOrId: string
): Promise<Outline | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const outline = await findOutline(database, codeOrId)
  if (!outline) return refused('not-found')
  return refusedUnlessAgreed(accessOf(outline, caller)) ?? outline
}
