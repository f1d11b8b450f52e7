import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { line, paragraphs } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { arrivalOf } from '#shared/time/arrival.ts'
import { accessOf } from '../../access.ts'
import { submitApplication } from '../../actions/submit-application.ts'
import { takeBackApplication } from '../../actions/take-back-application.ts'
import { withdrawApplication } from '../../actions/withdraw-application.ts'
import { completeness } from '../../form/completeness.ts'
import { mayBeSubmitted } from '../../submission/final-check.ts'
import { filledOf } from '../../submission/final-check.server.ts'
import { submissionAtWork } from '../../submission/reads.ts'
import type { DraftEvent } from '../draft-page.server.ts'
import { applicationAddress } from '../application-page.ts'
import { deadlineView } from '../deadline-view.ts'
import { findingParts, formProgress } from './findings-view.server.ts'
import { submissionView } from './submission-view.ts'

type Posted = DraftEvent & { request: Request; platform?: unknown }

/** The last look: what is in the way, what is advice, the declaration, the button. */
export async function load(event: DraftEvent) {
  const { app, caller, language } = event.locals
  const work = await submissionAtWork(app, caller, event.params.application)
  if (isRefused(work)) return refuseLoad(work, event)
  const { outline, call, findings, signs, stands, submissions } = work
  // Whoever will press the button proves now who they are, not at the last minute.
  if (signs && !work.proved && outline.state === 'draft') return refuseLoad(refused('proof'), event)
  const progress = outline.state === 'draft' ? completeness(filledOf(work)) : []
  const access = accessOf(outline, caller)
  const own = isRefused(access) ? undefined : access.participant
  const opens = (participant: string) => own?.role === 'coordinator' || own?.id === participant
  const around = { code: outline.code, language, progress, participants: outline.participants, opens }
  const ofWeight = (weight: 'blocks' | 'advice') =>
    findingParts(
      findings.filter((finding) => finding.weight === weight),
      around
    )
  return {
    code: outline.code,
    title: outline.title,
    state: outline.state,
    call: { code: call.code, title: call.title[language] || call.title.en || call.code },
    deadline: deadlineView(call.closesAt, call.now, language),
    open: call.state === 'open',
    signs,
    form: randomUUID(),
    ready: mayBeSubmitted(findings),
    progress: formProgress(progress),
    blocking: ofWeight('blocks'),
    advice: ofWeight('advice'),
    declaration: {
      version: work.declaration.version,
      sentences: work.declaration.sentences.map((words) => words[language])
    },
    stands: stands && submissionView(stands, language),
    submissions: submissions.map((one) => submissionView(one, language))
  }
}

const submitting = z.object({
  form: z.uuid('form.not-understood'),
  version: line(),
  agreed: z.literal('on', 'applications-submission.problem.not-agreed')
})
const withdrawing = z.object({
  reason: paragraphs(),
  sure: z.literal('on', 'applications-submission.problem.not-sure')
})

export const actions = {
  submit: async (event: Posted) => {
    const arrival = arrivalOf((event.platform as { req?: object } | undefined)?.req)
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(submitting, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const { form: id, version: declaration } = read.data
    const asked = { form: id, declaration, arrival }
    const receipt = await submitApplication(app, caller, event.params.application, asked)
    if (isRefused(receipt)) return refuseForm(receipt, event, form)
    redirect(303, `${applicationAddress(language, event.params.application, 'receipt')}?submitted`)
  },
  takeBack: async (event: Posted) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await takeBackApplication(app, caller, event.params.application)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, applicationAddress(language, event.params.application, 'submission'))
  },
  withdraw: async (event: Posted) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(withdrawing, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const outcome = await withdrawApplication(app, caller, event.params.application, read.data)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, applicationAddress(language, event.params.application, 'submission'))
  }
}
