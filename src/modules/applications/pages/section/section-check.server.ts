import type { CheckReport } from '#server/programmes'
import type { App } from '../../../../app.ts'
import { checkAlone } from '../../consortium/check-draft.server.ts'
import { toldBy } from '../../consortium/concerns.ts'
import { reportOf } from '../../consortium/draft-check.ts'
import { type ShownRule, shownRule } from '../../consortium/shown-check.ts'
import { pathOf } from '../../form/filled.ts'
import { type AtSection, questionsAt } from './at-section.server.ts'

/** What the check says beside a section: as a whole, and of each answer that stands there and breaks a rule. */
export type SectionCheck = {
  /** Left out where the call has no rules. */
  answer: CheckReport['answer'] | undefined
  /** How many rules are in the way, here or elsewhere. */
  broken: number
  /** By the path of the answer. */
  at: Record<string, ShownRule[]>
}

/** Checks the draft for a page of its form. */
export async function checkBeside(app: App, at: AtSection, language: 'lv' | 'en'): Promise<SectionCheck> {
  const check = await checkAlone(app, at.draft)
  const rules = (reportOf(check)?.rules ?? []).filter(
    ({ answer, severity }) => answer === 'not-met' && severity !== 'info'
  )
  const paths = questionsAt(at).map(({ question, place }) => pathOf(place, question.id))
  const around = { form: at.filled.form, asked: new Set(paths), participants: [], facts: new Map() }
  const found = rules.flatMap((rule) =>
    rule.about.flatMap((concern) => {
      const told = toldBy(concern, around)
      return told.by === 'form' ? [{ path: told.path, rule: shownRule(rule, language) }] : []
    })
  )
  return {
    // What cannot be asked is not known.
    answer: check.state === 'unreadable' ? 'undetermined' : reportOf(check)?.answer,
    broken: rules.filter(({ severity }) => severity === 'block').length,
    at: Object.fromEntries(
      paths.map((path) => [path, found.filter((one) => one.path === path).map(({ rule }) => rule)])
    )
  }
}
