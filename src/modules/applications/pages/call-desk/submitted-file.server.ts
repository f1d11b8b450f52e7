import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { anonymousPaperFor, paperFor } from '../../submission/one-paper.server.ts'
import { type ContentShown, submittedContent } from '../../submission/reads.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string; number: string }
  request: Request
  url: URL
}

/** What was handed in under a number, as a PDF, for officers of the call's body. */
export async function submittedFile(event: Event): Promise<Response> {
  const known = event.request.headers.get('if-none-match')
  return answer(event, (shown, person) => paperFor(event.locals.app, { person, known }, shown))
}

/** The same without names, for assessors. */
export async function anonymousFile(event: Event): Promise<Response> {
  return answer(event, (shown, person) => anonymousPaperFor(event.locals.app, { person }, shown))
}

async function answer(
  event: Event,
  print: (shown: ContentShown, person: string) => Promise<Response | Refused>
): Promise<Response> {
  const { app, caller } = event.locals
  const { call, number } = event.params
  if (!/^[1-9]\d{0,8}$/.test(number)) error(404)
  const shown = await submittedContent(app, caller, { call, number: Number(number) })
  if (isRefused(shown)) return refuseLoad(shown, event)
  const paper = await print(shown, caller.person!)
  return isRefused(paper) ? refuseLoad(paper, event) : paper
}
