import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatInstant } from '#shared/texts/index.ts'
import { figuresJsonOf } from '../../submission/figures.server.ts'
import { anonymousPaperFor, paperFor } from '../../submission/one-paper.server.ts'
import { contentOfApplication, receiptOf, submissionAtWork } from '../../submission/reads.ts'
import { submissionView } from '../submission/submission-view.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string }
  url: URL
}

/** The receipt of what was handed in last, or under a number. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const { application } = event.params
  const receipt = await receiptOf(app, caller, application, numberIn(event.url))
  if (isRefused(receipt)) return refuseLoad(receipt, event)
  const work = await submissionAtWork(app, caller, application)
  if (isRefused(work)) return refuseLoad(work, event)
  const submission = work.submissions.find(({ number }) => number === receipt.number)!
  return {
    code: receipt.application,
    title: receipt.title,
    call: { code: receipt.call, title: work.call.title[language] || receipt.call },
    coordinator: receipt.coordinator,
    deadline: formatInstant(receipt.deadline, language),
    submission: submissionView(submission, language),
    log: receipt.audit.log,
    entry: receipt.audit.entry.digest,
    proof: receipt.proof && { position: receipt.proof.position },
    query: `?number=${receipt.number}`,
    justNow: event.url.searchParams.has('submitted')
  }
}

/** The receipt as a file. */
export async function receiptFile(event: Event): Promise<Response> {
  const { app, caller } = event.locals
  const receipt = await receiptOf(app, caller, event.params.application, numberIn(event.url))
  if (isRefused(receipt)) return refuseLoad(receipt, event)
  return file(
    JSON.stringify(receipt, null, 2),
    'application/json',
    `${receipt.application}-${receipt.number}.receipt.json`
  )
}

/** The content as a file: of the draft, or with a number what was handed in. */
export async function contentFile(event: Event): Promise<Response> {
  const { app, caller } = event.locals
  const shown = await contentOfApplication(app, caller, event.params.application, numberIn(event.url))
  if (isRefused(shown)) return refuseLoad(shown, event)
  const { content, submission } = shown
  const name = `${content.application}${submission ? `-${submission.number}` : '-draft'}.json`
  return file(JSON.stringify(content, null, 2), 'application/json', name)
}

/** What it comes to, as a file: of the draft, or with a number as it was when it was handed in. */
export async function figuresFile(event: Event): Promise<Response> {
  const { app, caller } = event.locals
  const shown = await contentOfApplication(app, caller, event.params.application, numberIn(event.url))
  if (isRefused(shown)) return refuseLoad(shown, event)
  const figures = await figuresJsonOf(app, shown)
  const name = `${figures.application}-${figures.number ?? 'draft'}.figures.json`
  return file(JSON.stringify(figures, null, 2), 'application/json', name)
}

/** The PDF without names: of the draft, or with a number of what was handed in. */
export async function anonymousFile(event: Event): Promise<Response> {
  const { app, caller } = event.locals
  const shown = await contentOfApplication(app, caller, event.params.application, numberIn(event.url))
  if (isRefused(shown)) return refuseLoad(shown, event)
  const paper = await anonymousPaperFor(app, { person: caller.person! }, shown)
  return isRefused(paper) ? refuseLoad(paper, event) : paper
}

/** The PDF: of the draft, or with a number of what was handed in. */
export async function paperFile(event: Event & { request: Request }): Promise<Response> {
  const { app, caller } = event.locals
  const shown = await contentOfApplication(app, caller, event.params.application, numberIn(event.url))
  if (isRefused(shown)) return refuseLoad(shown, event)
  const known = event.request.headers.get('if-none-match')
  const paper = await paperFor(app, { person: caller.person!, known }, shown)
  return isRefused(paper) ? refuseLoad(paper, event) : paper
}

function numberIn(url: URL): number | undefined {
  const asked = url.searchParams.get('number')
  if (asked === null) return undefined
  if (!/^[1-9]\d{0,8}$/.test(asked)) error(404)
  return Number(asked)
}

function file(body: string, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store'
    }
  })
}
