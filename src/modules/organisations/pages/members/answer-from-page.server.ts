import { redirect } from '@sveltejs/kit'
import { begunBeside, comesBack } from '#shared/forms/begun.ts'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { answerRequest } from '../../actions/answer-request.ts'
import type { Event } from '../organisation-page.ts'
import { answerName } from './answer-name.ts'

/**
 * Answers the request whose button was pressed. Requests stand in one form, each with a box of its own: an answer that
 * is begun to another comes back.
 * @param address where it leads when nothing is left
 */
export async function answerFromPage(event: Event, address: string) {
  const { app, caller } = event.locals
  const typed = typedIn(await event.request.formData())
  const [decision, request = ''] = [typed.decision ?? ''].flat()[0]!.split(':')
  const own = answerName(request)
  const outcome = await answerRequest(app, caller, request, { decision, answer: typed[own] })
  if (isRefused(outcome)) {
    const problems = outcome.problems.map((problem) =>
      problem.field === 'answer' ? { ...problem, field: own } : problem
    )
    return refuseForm({ ...outcome, problems }, event, typed)
  }
  const boxes = Object.keys(typed).filter((name) => name.startsWith(answerName('')))
  const empty = Object.fromEntries(boxes.map((name) => [name, '']))
  return comesBack(begunBeside(typed, empty, [own])) ?? redirect(303, address)
}
