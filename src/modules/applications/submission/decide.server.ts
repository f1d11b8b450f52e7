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
import type { Accepted, Accepting, AskedToSubmit, AtHand } from './asked.ts'
import { type Declaration, declarationFrom } from './declaration.ts'
import { finalChecks } from './final-check.server.ts'
import { mayBeSubmitted, problemsOf } from './final-check.ts'
import { type SealedDeclaration, type SealedFile, type SealedFrame, hashOf, manifestOf } from './manifest.ts'
import { type Received, refusalByTime } from './submission.ts'

/** Who hands in, takes back and withdraws: whoever may sign for the coordinator. */
export const ofTheCoordinator: Permission = ['representative']

/** Hours within which whoever hands in must have proved who they are. A whole day's work, so that nobody is sent away at the last minute. */
export const provedWithinHours = 12

type Decision = Refused | { acceptable: Omit<Acceptable, 'submission'> }

/** Whether applications may be put on record as they stand; each by itself, in their order. */
export async function decideChecked(
  app: Accepting,
  all: readonly (readonly [AskedToSubmit, AtHand])[]
): Promise<(readonly [AskedToSubmit, Decision])[]> {
  const checked = await finalChecks(
    app,
    all.map(([, atHand]) => atHand)
  )
  return all.map(([asked, atHand], at) => {
    const { findings, asked: paths } = checked[at]!
    if (!mayBeSubmitted(findings)) return [asked, refused('invalid', { problems: problemsOf(findings) })]
    const declaration = declarationOf(app, atHand.outline.edition)
    return [asked, { acceptable: acceptableOf(asked, atHand, { declaration, paths }) }]
  })
}

/** What is decided without looking at the content: who, when, and whether they declare it. */
export function decideUnchecked(
  app: Accepting,
  asked: AskedToSubmit,
  atHand: AtHand | undefined
): Accepted | Refused | undefined {
  if (!atHand) return refused('not-found')
  const { outline, call, before } = atHand
  const no = refusalOfCoordinator(outline, asked.caller)
  if (no) return no
  // Sent once more: what it did is done.
  if (before) return { submission: before }
  const { received } = asked
  const byTime = refusalByTime(outline.state, call, received)
  if (byTime) return byTime
  if (!provedLately(asked, atHand.provedAt, received)) return refused('proof')
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
  atHand: AtHand,
  { declaration, paths }: { declaration: Declaration; paths: ReadonlySet<string> }
): Omit<Acceptable, 'submission'> {
  const { outline, answers, budget, call } = atHand
  const { received } = asked
  const { given, leftOut, files } = partsOf(atHand, paths)
  const frame = frameOf(outline, {
    budget: budget.lines,
    files,
    declaration: signed(declaration, asked, outline)
  })
  const hash = hashOf(
    manifestOf(
      frame,
      given.map(({ path, digest }) => [path, digest])
    )
  )
  return {
    application: outline.id,
    call: outline.call,
    outline: outline.outline,
    answers: answers.size,
    budget: budget.versions,
    versions: answers.values().reduce((sum, { version }) => sum + version, 0),
    ...{ leftOut, frame, hash, received },
    by: asked.caller.person,
    form: asked.form,
    payload: payloadOf(outline, { hash, received, closesAt: call.closesAt, declaration })
  }
}

/** What of a draft is part of the application, being asked now (decision 102); and what else was answered once. */
export function partsOf({ answers, files }: Pick<AtHand, 'answers' | 'files'>, asked: ReadonlySet<string>) {
  return {
    given: [...answers.values()].filter(({ path }) => asked.has(path)),
    leftOut: [...answers.keys()].filter((path) => !asked.has(path)),
    files: files.filter(({ path }) => asked.has(path))
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
