import { redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad, spoken } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatInstant } from '#shared/texts/index.ts'
import { type Advance, advanceCall, advances } from '../../actions/advance-call.ts'
import { dropCorrigendum } from '../../actions/drop-corrigendum.ts'
import { sendForReview } from '../../actions/send-for-review.ts'
import { takeBackCall } from '../../actions/take-back-call.ts'
import { inLanguageOf } from '../../call.ts'
import { movesAt } from '../../desk-view.server.ts'
import { mayMove } from '../../life.ts'
import { callAtDesk } from '../../reads.ts'
import { sayChange, speechFor } from '../../speech.server.ts'
import { textOf } from './form-values.ts'
import { isPart, partOf, parts } from './parts.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

/** The desk of a call: what is written, what is missing, where it stands, what was done. */
export async function load(event: Event) {
  const { app, language, caller } = event.locals
  const desk = await callAtDesk(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const { call, what, state, steps, second, writes, reviews } = desk
  const speech = speechFor(app, language)
  const open = what.problems.map((problem) => ({
    part: partOf(problem.field),
    message: spoken([problem], language)[0]!.message
  }))
  const saved = event.url.searchParams.get('saved') ?? ''
  return {
    code: call.code,
    kind: call.kind,
    edition: call.edition,
    body: desk.body.names[language],
    title: inLanguageOf(what.terms.title, language) || call.code,
    state,
    published: call.publishedRevision !== null,
    revision: call.revision,
    saved: isPart(saved) ? saved : undefined,
    // What is published is written into only as a corrigendum.
    editable:
      writes && !what.sent && (call.publishedRevision === null ? state === 'draft' : !!what.corrigendum),
    parts: parts.map((part) => ({ part, open: open.filter((one) => one.part === part).length })),
    open,
    changes: desk.changes.map((change) => sayChange(change, speech)),
    corrigendum: what.corrigendum && {
      reason: inLanguageOf(what.corrigendum.reason, language),
      remarks: what.corrigendum.remarks
    },
    sent: what.sent,
    remarks: state === 'draft' ? (steps.findLast(({ step }) => step === 'sent-back')?.remarks ?? null) : null,
    writes,
    reviews,
    mayCorrect: writes && call.publishedRevision !== null && !what.corrigendum && mayMove(state, 'corrected'),
    moves: movesAt(desk).filter((move): move is Advance => (advances as readonly string[]).includes(move)),
    second,
    steps: steps.toReversed().map(({ step, name, at, remarks }) => ({
      step,
      name,
      at: formatInstant(at.toString(), language),
      remarks
    }))
  }
}

/** What an officer does with the whole call. */
export const actions = {
  send: (event: Event & { request: Request }) =>
    act(event, ({ app, caller, call, typed }) =>
      sendForReview(app, caller, call, Number(textOf(typed, 'revision')))
    ),
  takeBack: (event: Event & { request: Request }) =>
    act(event, ({ app, caller, call }) => takeBackCall(app, caller, call)),
  drop: (event: Event & { request: Request }) =>
    act(event, ({ app, caller, call }) => dropCorrigendum(app, caller, call)),
  advance: (event: Event & { request: Request }) =>
    act(event, ({ app, caller, call, typed }) => {
      const step = advances.find((one) => one === textOf(typed, 'step')) ?? 'archived'
      return advanceCall(app, caller, call, step)
    })
}

type Doing = { app: App; caller: Caller; call: string; typed: ReturnType<typeof typedIn> }

async function act(
  event: Event & { request: Request },
  work: (doing: Doing) => ReturnType<typeof advanceCall>
) {
  const { app, caller, language } = event.locals
  const typed = typedIn(await event.request.formData())
  const outcome = await work({ app, caller, call: event.params.call, typed })
  if (isRefused(outcome)) return refuseForm(outcome, event, typed)
  redirect(303, `/${language}/calls/${event.params.call}/edit`)
}
