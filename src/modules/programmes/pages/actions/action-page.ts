import type { Words } from '#shared/rules/vocabulary.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { ActionView } from '../../action-view.server.ts'

export type ActionTexts = Say<KeysOf<'site' | 'actions' | 'rules'>>

/** What every part of an action's page is given: the action in its edition, and how to say it. */
export type ActionPage = {
  t: ActionTexts
  language: Language
  view: ActionView
  /** Names of kinds of organisation and of country sets, by id. */
  names: { kinds: Record<string, Words>; countrySets: Record<string, Words> }
}

/** Where the page of an action stands. */
export function actionAddress(language: Language, action: string, edition: number): string {
  return `/${language}/actions/${action}/${edition}`
}
