import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { comesBack } from '#shared/forms/begun.ts'
import { paragraphs } from '#shared/forms/fields.ts'
import { type Typed, readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Caller } from '#shared/identity/index.ts'
import { settleComment } from '../../actions/settle-comment.ts'
import { writeComment } from '../../actions/write-comment.ts'
import { formName, isWritten, namedName, readTalkAct, talkButton, textName } from './talk-names.ts'

const saying = z.object({
  text: paragraphs(),
  mentions: z.array(z.uuid('form.not-offered')),
  form: z.uuid('form.not-understood').optional()
})

/**
 * Does what the button of a talk asked for.
 * @returns the path that is talked about, and the names of the fields that are done with
 */
export async function actOnTalk(
  { app, caller }: { app: App; caller: Caller },
  application: string,
  typed: Typed
): Promise<{ path: string; done: string[] } | Refused> {
  const asked = readTalkAct([typed[talkButton] ?? ''].flat()[0]!)
  if (!asked) return invalid('', 'form.not-understood')
  const { act, path, comment } = asked
  if (act === 'settle' || act === 'reopen') {
    const state = act === 'settle' ? 'settled' : 'open'
    const settled = await settleComment(app, caller, application, comment!, state)
    return isRefused(settled) ? settled : { path, done: [] }
  }
  const key = comment ?? path
  const mentions = [typed[namedName(key)] ?? []].flat()
  const given = { text: typed[textName(key)], mentions, form: typed[formName] }
  const read = readInput(saying, given)
  if ('problems' in read) return refused('invalid', { problems: atTheField(read.problems, key) })
  const said = await writeComment(app, caller, application, {
    ...read.data,
    path,
    ...(comment && { answers: comment })
  })
  if (isRefused(said)) return { ...said, problems: atTheField(said.problems, key) }
  return { path, done: [textName(key), namedName(key)] }
}

/** Of what was typed, what belongs to talks and is not done with. */
export function typedInTalks(typed: Typed, done: readonly string[] = []): Typed {
  return Object.fromEntries(
    Object.entries(typed).filter(([name]) => name.startsWith(`${talkButton}:`) && !done.includes(name))
  )
}

/**
 * What the page is answered with when something was done while boxes of talks hold text that is not sent yet: that
 * comes back. undefined: nothing is left.
 */
export function leftInTalks(typed: Typed, done: readonly string[] = []): ReturnedForm | undefined {
  return comesBack(begunInTalks(typed, done))
}

/** What belongs to talks where some box of them holds text; nothing where none does. */
export function begunInTalks(typed: Typed, done: readonly string[] = []): Typed {
  const left = typedInTalks(typed, done)
  const written = Object.keys(left).some((name) => name.startsWith(textName('')) && isWritten(left, name))
  return written ? left : {}
}

/** That a part is gone is said where it was written about. */
function atTheField(problems: Refused['problems'], key: string): Refused['problems'] {
  return problems.map((problem) => {
    if (problem.field === 'mentions' || problem.field.startsWith('mentions.'))
      return { ...problem, field: namedName(key) }
    return problem.field === '' ? problem : { ...problem, field: textName(key) }
  })
}
