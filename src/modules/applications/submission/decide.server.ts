import type { Temporal } from 'temporal-polyfill'
import { type Programmes, lifecycleFact } from '#server/programmes'
import type { JsonObject, JsonValue } from '#shared/audit/index.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Permission, refusalFor } from '#shared/identity/index.ts'
import { isLanguage } from '#shared/texts/language.ts'
import type { Arrival } from '#shared/time/arrival.ts'
import { accessOf } from '../access.ts'
import { type Outline, coordinatorOf } from '../application.ts'
import type { Acceptable } from './acceptance-store.server.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import type { Accepted, Accepting, AskedToSubmit, AtHand, Circumstances } from './asked.ts'
import { allAtHand } from './at-hand.server.ts'
import { type Declaration, declarationFrom } from './declaration.ts'
import { filesNamed } from './files-at-hand.server.ts'
import { finalCheck } from './final-check.server.ts'
import { mayBeSubmitted, problemsOf } from './final-check.ts'
import { type Contents, contentsOf, recallLook } from './last-look.server.ts'
import { type SealedDeclaration, type SealedFile, type SealedFrame, hashOf } from './manifest.ts'
import { type Received, refusalByTime } from './submission.ts'

/** Who hands in, takes back and withdraws: whoever may sign for the coordinator. */
export const ofTheCoordinator: Permission = ['representative']

/** Hours within which whoever hands in must have proved who they are. A whole day's work, so that nobody is sent away at the last minute. */
export const provedWithinHours = 12

type Decision = Refused | { acceptable: Omit<Acceptable, 'submission'> }

/**
 * Whether applications may be put on record as they stand; each by itself, in their order. Of one that somebody took
 * the last look at, what is written is read and checked again only where it is another by now.
 * @param looking `anew`: whatever anybody has looked at
 */
export async function decideContents(
  app: Accepting,
  all: readonly Asked[],
  looking: 'lately' | 'anew'
): Promise<(readonly [AskedToSubmit, Decision])[]> {
  const looked = new Map<Asked, Contents | Refused>()
  for (const one of looking === 'lately' ? all : []) {
    const contents = recallLook(app.programmes, one[1])
    if (contents) looked.set(one, contents)
  }
  const open = all.filter((one) => !looked.has(one))
  const atHand = await allAtHand(
    app.database,
    open.map(([, around]) => around)
  )
  for (const [at, one] of open.entries()) looked.set(one, lookAt(atHand[at]!))
  return Promise.all(
    all.map(async (one): Promise<readonly [AskedToSubmit, Decision]> => {
      const [asked, around] = one
      const contents = looked.get(one)!
      if (isRefused(contents)) return [asked, contents]
      const declaration = declarationOf(app, around.outline.edition)
      const files = await filesNamed(app.database, contents.files)
      return [asked, { acceptable: acceptableOf(asked, around, { contents, files, declaration }) }]
    })
  )
}

type Asked = readonly [AskedToSubmit, Circumstances]

/** What an application consists of; refused where something is in its way. */
function lookAt(atHand: AtHand): Contents | Refused {
  const { findings, asked } = finalCheck(atHand)
  if (!mayBeSubmitted(findings)) return refused('invalid', { problems: problemsOf(findings) })
  return contentsOf(atHand, asked)
}

/** What is decided without looking at the content: who, when, and whether they declare it. */
export function decideUnchecked(
  app: Accepting,
  asked: AskedToSubmit,
  around: Circumstances | undefined
): Accepted | Refused | undefined {
  if (!around) return refused('not-found')
  const { outline, call, before } = around
  const no = refusalOfCoordinator(outline, asked.caller)
  if (no) return no
  // Sent once more: what it did is done.
  if (before) return { submission: before }
  const { received } = asked
  const byTime = refusalByTime(outline.state, call, received)
  if (byTime) return byTime
  if (!provedLately(asked, around.provedAt, received)) return refused('proof')
  if (asked.declaration === declarationOf(app, outline.edition).version) return undefined
  return invalid('declaration', 'applications-submission.problem.declaration')
}

/** Refuses who does not sign for the coordinator. Others of the consortium are told so; for everybody else there is no such application. */
export function refusalOfCoordinator(outline: Outline, caller: AskedToSubmit['caller']): Refused | undefined {
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  const { organisation } = coordinatorOf(outline)
  return refusalFor(caller, ofTheCoordinator, { organisation: organisation ?? undefined })
}

/** When the complete request had reached the server, by the database's clock; the bound to the microsecond, upwards. */
export function receivedAt({ serverClock }: Pick<Accepting, 'serverClock'>, arrival: Arrival): Received {
  const { at, error } = serverClock.at(arrival.monotonic)
  const upwards = (milliseconds: number) => Math.ceil(milliseconds * 1000) / 1000
  return { at, error: upwards(error + arrival.unread), unread: upwards(arrival.unread) }
}

/** A machine's token was made by whoever had proved who they are, for that very purpose. */
function provedLately(
  { caller }: AskedToSubmit,
  provedAt: Temporal.Instant | undefined,
  { at }: Received
): boolean {
  if ('token' in caller.by) return true
  return provedAt !== undefined && at.since(provedAt).total('hours') <= provedWithinHours
}

const declarations = new WeakMap<Programmes, Map<number, Declaration>>()

/** The declaration of honour of an edition. */
export function declarationOf({ programmes }: Pick<Accepting, 'programmes'>, edition: number): Declaration {
  const known = declarations.get(programmes) ?? new Map<number, Declaration>()
  declarations.set(programmes, known)
  const before = known.get(edition)
  if (before) return before
  const fact = lifecycleFact({ programmes }, 'declaration-sentences', edition)
  if (!fact) throw new Error(`Edition ${edition} has no declaration of honour.`)
  const made = declarationFrom(fact)
  known.set(edition, made)
  return made
}

/** What is put on record: all of it is settled, but for the number. */
export function acceptableOf(
  asked: AskedToSubmit,
  { outline, call }: Circumstances,
  { contents, files, declaration }: { contents: Contents; files: SealedFile[]; declaration: Declaration }
): Omit<Acceptable, 'submission'> {
  const { answers, versions, budget, leftOut, digests } = contents
  const { received } = asked
  const frame = frameOf(outline, {
    budget: budget.lines,
    files,
    declaration: signed(declaration, asked, outline)
  })
  const hash = hashOf(frame, digests)
  return {
    application: outline.id,
    call: outline.call,
    outline: outline.outline,
    ...{ answers, versions, budget: budget.versions, leftOut, frame, hash, received },
    by: asked.caller.person,
    form: asked.form,
    payload: payloadOf(outline, { hash, received, closesAt: call.closesAt, declaration })
  }
}

/** All that is frozen besides the answers. */
export function frameOf(
  outline: Outline,
  {
    budget,
    files,
    declaration
  }: {
    budget: readonly BudgetLine[]
    files: readonly SealedFile[]
    declaration: SealedDeclaration | null
  }
): SealedFrame {
  const {
    code: application,
    call,
    terms,
    action,
    edition,
    field,
    formVersion: form,
    language,
    title
  } = outline
  return {
    ...{ application, call, terms, action, edition, field, form, language, title },
    participants: outline.participants.map(({ id, position, role, organisation, name, country }) => ({
      ...{ id, position, role, organisation, name, country }
    })),
    budget: budget as unknown as JsonValue,
    files,
    declaration
  }
}

function signed(
  { version, sentences }: Declaration,
  { caller }: AskedToSubmit,
  outline: Outline
): SealedDeclaration {
  const language = isLanguage(outline.language) ? outline.language : 'en'
  return {
    ...{ version, language },
    text: sentences.map((words) => words[language]),
    by: caller.name,
    organisation: coordinatorOf(outline).name
  }
}

/** What the audit log says of it, and the receipt with it. No names of people: it stays for good. */
function payloadOf(
  outline: Outline,
  {
    hash,
    received,
    closesAt,
    declaration
  }: { hash: string; received: Received; closesAt: Temporal.Instant; declaration: Declaration }
): JsonObject {
  return {
    application: outline.code,
    call: outline.call,
    title: outline.title,
    coordinator: coordinatorOf(outline).name,
    received: received.at.toString({ smallestUnit: 'microsecond' }),
    clockErrorMilliseconds: received.error,
    unreadMilliseconds: received.unread ?? 0,
    deadline: closesAt.toString({ smallestUnit: 'microsecond' }),
    declaration: declaration.version,
    sha256: hash
  }
}
