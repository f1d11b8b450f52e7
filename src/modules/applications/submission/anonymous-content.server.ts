import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { isLanguage, texts } from '#shared/texts/index.ts'
import { rolesInEach } from '../consortium/people-of.server.ts'
import { type Anonymised, anonymised } from './anonymise.ts'
import type { ContentShown } from './reads.ts'

/**
 * Content without who it is about, in its own language. Beside the names in it, those of all organisations that ever
 * took part are known, of the people who hold a role in them, and of whoever wrote in it.
 */
export async function anonymousContent(
  database: Database,
  { content, organisations }: Pick<ContentShown, 'content' | 'organisations'>
): Promise<Anonymised> {
  const t = texts(isLanguage(content.language) ? content.language : 'en')
  return anonymised(
    content,
    { organisations, people: await peopleBehind(database, content) },
    {
      organisation: (number) => t('applications-submission.anonymous.organisation', { number }),
      person: (number) => t('applications-submission.anonymous.person', { number })
    }
  )
}

async function peopleBehind(
  database: Database,
  { application, participants }: ContentShown['content']
): Promise<string[]> {
  const [roles, writers] = await Promise.all([
    rolesInEach(
      database,
      participants.flatMap(({ organisation }) => organisation ?? [])
    ),
    database
      .selectFrom('applications.answer as w')
      .innerJoin('applications.application as a', 'a.id', 'w.application')
      .select('w.changed_by')
      .distinct()
      .where('a.code', '=', application)
      .execute()
  ])
  const people = await personsOf(database, [
    ...writers.map(({ changed_by }) => changed_by),
    ...[...roles.values()].flat().map(({ person }) => person)
  ])
  return [...people.values()].flatMap(({ name }) => name ?? [])
}
