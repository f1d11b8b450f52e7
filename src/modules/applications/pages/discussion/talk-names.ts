/**
 * The fields and buttons of talks. They may stand in the form of something else, so that nothing written there is lost
 * when something is said; their names tell which talk they belong to. `key`: the path that is talked about, or the
 * comment that is answered.
 */
import type { Typed } from '#shared/forms/read-form.ts'

export const textName = (key: string) => `talk:text:${key}`
export const namedName = (key: string) => `talk:named:${key}`

/** The number of the form, a UUID: what is sent twice with it is said once. */
export const formName = 'talk:form'

/** The text that a suggestion began with, in few letters. */
export const shownName = 'proposed:shown'

/** The value of a button that does something about one of several things: what, and which. */
export const aboutOne = (what: string, id: string) => `${what}:${id}`

/** Whether something was typed into a box of a talk. @param name textName() */
export function isWritten(typed: Typed, name: string): boolean {
  return [typed[name] ?? ''].flat().some((text) => text.trim() !== '')
}

/** The name of every button of a talk; its value is a TalkAct. */
export const talkButton = 'talk'

/** What a button does: say something about a path, answer a comment, settle a talk or open it again. */
export type TalkAct = { act: 'say' | 'answer' | 'settle' | 'reopen'; path: string; comment?: string }

export function writeTalkAct({ act, path, comment = '' }: TalkAct): string {
  return [act, comment, path].join(':')
}

/** @returns undefined when it is none */
export function readTalkAct(value: string): TalkAct | undefined {
  const [, act, comment, path] = /^(say|answer|settle|reopen):([0-9a-f-]*):(.+)$/.exec(value) ?? []
  if (act === undefined || path === undefined || (act !== 'say' && !comment)) return undefined
  return { act: act as TalkAct['act'], path, ...(comment && { comment }) }
}
