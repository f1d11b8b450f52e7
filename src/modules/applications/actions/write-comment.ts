import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { Programmes } from '#server/programmes'
import { ofTheConsortium } from '../access.ts'
import { type Talking, colleaguesOf, talk } from '../writing/discussed.server.ts'
import { writeMentioned } from '../writing/letters.server.ts'
import { countFor } from '../writing/limits.server.ts'
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
  /** people.person: those named get a mail, unless they got many about this draft lately. */
  mentions?: readonly string[] | undefined
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
    const part = await partThatStands(app, transaction, outline, comment.path)
    if (isRefused(part)) return part
    if (comment.answers && !(await beganTalk(talking, comment.answers, comment.path)))
      return refused('not-found')
    const often = await countFor(transaction, 'say', who.person)
    if (often) return often
    const colleagues = await colleaguesOf(transaction, outline)
    const named = [...new Set(comment.mentions)].flatMap((person) => colleagues.get(person) ?? [])
    const { quote } = comment
    const { id } = await transaction
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
        written_by: who.person,
        settled_by: null
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const one of named) {
      if (one.id === who.person || (await countFor(transaction, 'mail', one.id, outline.id))) continue
      await writeMentioned(transaction, one, { outline, by: who.name })
    }
    return { id }
  })
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
