import type { Database } from '#shared/database/index.ts'
import './directory-tables.server.ts'
import { type MailHref, queueMail } from '#shared/mail/index.ts'
import { type Language, isLanguage } from '#shared/texts/language.ts'
import { texts } from '#shared/texts/index.ts'
import { personsOf } from '#server/people'
import { type Officer, officersOf } from './officers.server.ts'
import { bodyOnRecord } from './store.server.ts'
import { calledIn } from './body.ts'
import { invitationDays } from './limits.ts'

/** Writes to those who look after a unit that something waits for them; without any, to all officers of the body. */
export async function writeToUnit(
  transaction: Database,
  { body, unit }: { body: string; unit: string | null },
  kind: 'advice-asked',
  { organisation }: { organisation: string }
): Promise<void> {
  const officers = await officersOf(transaction, body)
  const ofUnit = officers.filter(({ units }) => unit !== null && units.includes(unit))
  const persons = new Map((ofUnit.length > 0 ? ofUnit : officers).map((one) => [one.person, one]))
  const languages = await personsOf(transaction, [...persons.keys()])
  for (const officer of persons.values()) {
    const language = languages.get(officer.person)?.language ?? 'lv'
    const t = texts(language)
    await queueMail(transaction, {
      to: officer.email,
      person: officer.person,
      language,
      kind: `directory.${kind}`,
      subject: t('directory.letter.advice-asked-subject', { organisation }),
      paragraphs: [t('directory.letter.advice-asked', { organisation })],
      link: { label: t('directory.letter.to-desk'), href: `/${language}/directory/desk` }
    })
  }
}

/** Invites somebody to work for a body, or to stand in for one of its officers. */
export async function writeInvitation(
  transaction: Database,
  invitation: {
    body: string
    email: string
    language: string
    secret: string
    by: string
    insteadOf?: Officer
  }
): Promise<void> {
  const body = await bodyOnRecord(transaction, invitation.body)
  const language: Language = isLanguage(invitation.language) ? invitation.language : 'lv'
  const t = texts(language)
  const name = body!.names[language]
  const args = { body: name, by: invitation.by }
  const href: MailHref = `/${language}/directory/invitation?link=${invitation.secret}`
  await queueMail(transaction, {
    to: invitation.email,
    language,
    kind: 'directory.invitation',
    subject: t('directory.letter.invitation-subject', { body: calledIn(language, body!) }),
    paragraphs: [
      invitation.insteadOf
        ? t('directory.letter.invitation-substitute', { ...args, officer: invitation.insteadOf.name })
        : t('directory.letter.invitation', args),
      t('directory.letter.invitation-days', { days: invitationDays })
    ],
    link: { label: t('directory.letter.to-invitation'), href },
    // Whoever has the link may accept.
    opens: 'account'
  })
}

/** Sends the answer to whoever asked, if they still have an account; it also stands on the page of the organisation. */
export async function writeAnswer(
  transaction: Database,
  { request, body: id, answer }: { request: string; body: string; answer: string }
): Promise<void> {
  const asked = await transaction
    .selectFrom('directory.advice_request')
    .select(['asked_by', 'question'])
    .where('id', '=', request)
    .executeTakeFirst()
  const person = asked?.asked_by && (await personsOf(transaction, [asked.asked_by])).get(asked.asked_by)
  const body = await bodyOnRecord(transaction, id)
  if (!asked || !person || !body) return
  const t = texts(person.language)
  await queueMail(transaction, {
    to: person.email,
    person: person.id,
    language: person.language,
    kind: 'directory.answer',
    subject: t('directory.letter.answer-subject', { body: calledIn(person.language, body) }),
    paragraphs: [
      ...answer.split(/\n{2,}/),
      t('directory.letter.answer-to', { question: asked.question }),
      t('directory.letter.answer-from', { body: body.names[person.language] })
    ],
    link: { label: t('directory.letter.to-answer'), href: `/${person.language}/directory/advice` }
  })
}
