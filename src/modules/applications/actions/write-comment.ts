import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { Programmes } from '#server/programmes'
import { ofTheConsortium } from '../access.ts'
import { type Talking, colleaguesOf, talk } from '../writing/discussed.server.ts'
import { writeMentioned } from '../writing/letters.server.ts'
import { countFor } from '../writing/limits.server.ts'
import { namedIn } from '../writing/mentions.ts'
import { partThatStands } from '../writing/part.server.ts'

export const permission = ofTheConsortium

export type NewComment = {
  /** A field, or a section. */
  path: string
  text: string
  /** The comment that began the talk. */
  answers?: string | undefined
  /** The words that it is about, where they stand in a version of the text. */
  quote?: { text: string; from: number; to: number; version: number } | undefined
  /** people.person: those named, here or by “@Name” in the text, get a mail, unless they got many lately. */
  mentions?: readonly string[] | undefined
  /** The number of the form that it was typed into, a UUID: the same words, sent again with it, are said once. */
  form?: string | undefined
}

/** Says something about a part of a draft, to all of the consortium; or answers what somebody said. */
export async function writeComment(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string,
  comment: NewComment
): Promise<{ id: string } | Refused> {
  return talk(app, caller, application, async (talking) => {
    const { transaction, outline, who } = talking
    const before = await saidBefore(talking, comment)
    if (before) return before
    const part = await partThatStands(app, transaction, outline, comment.path)
    if (isRefused(part)) return part
    if (comment.answers && !(await beganTalk(talking, comment.answers, comment.path)))
      return refused('not-found')
    const often = await countFor(transaction, 'say', who.person)
    if (often) return often
    const colleagues = await colleaguesOf(transaction, outline)
    const asked = [...(comment.mentions ?? []), ...namedIn(comment.text, [...colleagues.values()])]
    const named = [...new Set(asked)].flatMap((person) => colleagues.get(person) ?? [])
    const { quote } = comment
    const made = await transaction
      .insertInto('applications.comment')
      .values({
        application: outline.id,
        path: comment.path,
        answers: comment.answers ?? null,
        text: comment.text,
        quote: quote?.text ?? null,
        quote_from: quote?.from ?? null,
        quote_to: quote?.to ?? null,
        quote_version: quote?.version ?? null,
        mentions: named.map((one) => one.id),
        form: comment.form ?? null,
        written_by: who.person,
        settled_by: null
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    // It came twice at once: the other one is through.
    if (!made) return (await saidBefore(talking, comment)) ?? refused('not-found')
    for (const one of named) {
      if (one.id === who.person || (await countFor(transaction, 'mail', one.id, outline.id))) continue
      await writeMentioned(transaction, one, { outline, by: who.name })
    }
    return made
  })
}

/** What was said with a form already, in the same words: its answer did not arrive. */
async function saidBefore(
  { transaction, outline, who }: Talking,
  { form, path, text, answers }: NewComment
): Promise<{ id: string } | undefined> {
  if (form === undefined) return undefined
  return transaction
    .selectFrom('applications.comment')
    .select('id')
    .where('application', '=', outline.id)
    .where('written_by', '=', who.person)
    .where('form', '=', form)
    .where('path', '=', path)
    .where('answers', answers === undefined ? 'is' : '=', answers ?? null)
    .where('text', '=', text)
    .executeTakeFirst()
}

async function beganTalk({ transaction, outline }: Talking, id: string, path: string): Promise<boolean> {
  const found = await transaction
    .selectFrom('applications.comment')
    .select('id')
    .where('id', '=', id)
    .where('application', '=', outline.id)
    .where('path', '=', path)
    .where('answers', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}
