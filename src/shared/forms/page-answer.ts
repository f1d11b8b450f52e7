import { type ActionFailure, error, fail, redirect } from '@sveltejs/kit'
import { type Language, type TextKey, texts } from '../texts/index.ts'
import { type Problem, type Refused, statusOf } from './refused.ts'
import { type Typed, shownAgain, typedIn } from './read-form.ts'
import type { ReturnedForm, SpokenProblem } from './returned-form.ts'

export { type ReturnedForm, type SpokenProblem, problemOf } from './returned-form.ts'

/** What a page knows of a request: SvelteKit's event has it. */
type Asked = { locals: { language: Language }; url: URL }

/** Says problems in a language. */
export function spoken(problems: readonly Problem[], language: Language): SpokenProblem[] {
  const t = texts(language) as (key: TextKey, args?: object) => string
  return problems.map(({ field, key, args, words }) => ({
    field,
    message: words ? words[language] : t(key, args)
  }))
}

/**
 * Ends a load that was refused: who is not signed in goes to the sign-in page and comes back; otherwise the error
 * page says what is the matter. Never returns.
 */
export function refuseLoad(refused: Refused, { locals, url }: Asked): never {
  leaveForProof(refused, { locals, url })
  const [why] = spoken(refused.problems, locals.language)
  const said = why?.message ?? texts(locals.language)(`form.refused.${refused.refused}`)
  throw error(statusOf[refused.refused], said, {
    refused: refused.refused,
    ...(refused.role ? { role: refused.role } : {})
  })
}

/** Answers a form that was refused: it comes back filled in, with what has to be settled. */
export function refuseForm(
  refused: Refused,
  asked: Asked,
  form: FormData | Typed
): ActionFailure<ReturnedForm> {
  leaveForProof(refused, asked)
  const { language } = asked.locals
  const problems = spoken(refused.problems, language)
  const whole = { field: '', message: texts(language)(`form.refused.${refused.refused}`) }
  return fail(statusOf[refused.refused], {
    typed: shownAgain(form instanceof FormData ? typedIn(form) : form),
    problems: problems.length > 0 ? problems : [whole],
    refused: refused.refused,
    role: refused.role,
    current: refused.current
  })
}

function leaveForProof(refused: Refused, { locals, url }: Asked): void {
  const back = encodeURIComponent(url.pathname + url.search)
  if (refused.refused === 'sign-in') redirect(303, `/${locals.language}/sign-in?next=${back}`)
  if (refused.refused === 'proof') redirect(303, `/${locals.language}/sign-in/again?next=${back}`)
  if (refused.refused === 'second-factor')
    redirect(303, `/${locals.language}/sign-in/second-factor?next=${back}`)
}
